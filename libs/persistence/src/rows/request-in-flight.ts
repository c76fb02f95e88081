import { instant, key, table, text } from './columns.js';

export interface RequestInFlightRow {
  scope: string;
  key: string;
  requestHash: string;
  holder: string;
  deadline: Date;
}

export const requestInFlightRow = table<RequestInFlightRow>({
  name: 'request_in_flight',
  columns: {
    scope: key('request_in_flight', text()),
    key: key('request_in_flight', text()),
    requestHash: text('request_hash'),
    holder: text(),
    deadline: instant(),
  },
});
