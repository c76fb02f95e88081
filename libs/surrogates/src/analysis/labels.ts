import { InvalidArgumentError, requireCount, requireLength } from '@ionloop/linalg';

/** The same partition, its clusters numbered from 0 by falling size, those of equal size by their first row. */
export function bySize(labels: ArrayLike<number>): number[] {
  const found = new Map<number, { label: number; first: number; size: number }>();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    const cluster = found.get(label);
    if (cluster) cluster.size++;
    else found.set(label, { label, first: i, size: 1 });
  }
  const order = [...found.values()].sort((a, b) => b.size - a.size || a.first - b.first);
  const number = new Map(order.map(({ label }, k) => [label, k]));
  return Array.from(labels, (label) => number.get(label)!);
}

/** How many rows each cluster has, of labels 0 … k − 1. */
export function sizesOf(labels: ArrayLike<number>, k: number): number[] {
  const sizes = new Array<number>(k).fill(0);
  for (let i = 0; i < labels.length; i++) sizes[labels[i]!]! += 1;
  return sizes;
}

export function requireLabels(labels: ArrayLike<number>, rows: number): void {
  requireLength('labels', labels, rows);
  for (let i = 0; i < labels.length; i++)
    if (!Number.isSafeInteger(labels[i]!) || labels[i]! < 0)
      throw new InvalidArgumentError(
        'labels',
        `must be whole numbers of at least 0; row ${i} has ${labels[i]!}`,
      );
}

/** Refuses more clusters than rows, and none. */
export function requireClusters(k: number, rows: number): void {
  requireCount('k', k, 1);
  if (k > rows) throw new InvalidArgumentError('k', `must be at most the number of rows, ${rows}, not ${k}`);
}
