import { type Fields, fieldsOf, numberOr, numbersOf } from './json.js';

export interface Named {
  readonly name: string;
  readonly value: number;
}

/** What a model says of itself, on its own scale; every part may be missing. */
export interface Diagnostics {
  readonly leftOut: readonly { readonly mean: number; readonly sd: number; readonly actual: number }[];
  readonly rmse: number | null;
  readonly mae: number | null;
  readonly r2: number | null;
  readonly coverage50: number | null;
  readonly coverage80: number | null;
  readonly coverage95: number | null;
  readonly noiseSd: number | null;
  readonly lengthscales: readonly Named[];
  readonly importances: readonly Named[];
}

export function readDiagnostics(json: unknown): Diagnostics {
  const fields = fieldsOf(json);
  const metrics = fieldsOf(fields['metrics']);
  return {
    leftOut: readLeftOut(fieldsOf(fields['leftOut'])),
    rmse: numberOr(metrics['rmse'], null),
    mae: numberOr(metrics['mae'], null),
    r2: numberOr(metrics['r2'], null),
    coverage50: numberOr(metrics['coverage50'], null),
    coverage80: numberOr(metrics['coverage80'], null),
    coverage95: numberOr(metrics['coverage95'], null),
    noiseSd: numberOr(fields['noiseSd'], null),
    lengthscales: readNamed(fields['lengthscales']),
    importances: readNamed(fields['importances']),
  };
}

function readLeftOut(fields: Fields): Diagnostics['leftOut'] {
  const actual = numbersOf(fields['actual']);
  const sd = numbersOf(fields['sd']);
  return numbersOf(fields['mean']).flatMap((mean, i) => {
    const measured = actual[i];
    return measured === undefined ? [] : [{ mean, sd: sd[i] ?? 0, actual: measured }];
  });
}

const readNamed = (json: unknown): readonly Named[] =>
  Object.entries(fieldsOf(json)).flatMap(([name, value]) =>
    typeof value === 'number' ? [{ name, value }] : [],
  );
