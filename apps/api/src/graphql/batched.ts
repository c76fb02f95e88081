import DataLoader from 'dataloader';

export const batched = <K, V>(load: (keys: readonly K[]) => Promise<readonly V[]>): DataLoader<K, V> =>
  new DataLoader<K, V>(load, { cache: false });

export const distinct = (ids: readonly string[]): readonly string[] => [...new Set(ids)];
