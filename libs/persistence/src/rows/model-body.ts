import { fixed, json, key, nullable, table, text } from './columns.js';

export interface ModelBodyRow {
  modelId: string;
  body: unknown;
}

/** Apart from `model`, so that a list of models does not drag the numbers along. */
export const modelBodyRow = table<ModelBodyRow>({
  name: 'model_body',
  columns: {
    modelId: key('model_body', text('model_id')),
    body: fixed(nullable(json())),
  },
  foreignKeys: [
    {
      name: 'model_body_model_fkey',
      target: 'model',
      columnNames: ['modelId'],
      referencedColumnNames: ['id'],
    },
  ],
});
