/** Six inputs, drawn, and a smooth function of them. */
import { Philox } from '@ionloop/linalg';
import { functions } from './functions.mjs';
import { requestOf } from './request.mjs';

const dimension = 6;

export function problem(count, label) {
  const stream = Philox.fromSeed(`bench/discovery/speed/${label}`);
  const X = Array.from({ length: count }, () => Array.from({ length: dimension }, () => stream.uniform()));
  return { X, y: X.map((x) => -functions.hartmann6.of(x)) };
}

export const names = Array.from({ length: dimension }, (_, j) => `x${j + 1}`);

export const request = ({ y }, space, n) =>
  requestOf({
    ...{ space, goal: 'max', initial: 5, seed: `bench/${n}` },
    seen: Array.from({ length: n }, (_, row) => ({ row, value: y[row] })),
  });
