import { float, instant, key, table, text } from './columns.js';

export interface RateBucketRow {
  key: string;
  permits: number;
  /** By the last that asked. */
  granted: number;
  at: Date;
}

export const rateBucketRow = table<RateBucketRow>({
  name: 'rate_bucket',
  columns: {
    key: key('rate_bucket', text()),
    permits: float(),
    granted: float(),
    at: instant(),
  },
});
