import { invalidInput } from '@ionloop/domain';

const largestBlock = 1 << 20;

export interface Range {
  readonly from: bigint;
  readonly to: bigint;
  readonly blockSize: number;
}

export function checkedRange(from: bigint, to: bigint, blockSize: number, size: bigint): Range {
  if (!(from >= 0n && from <= to && to <= size)) {
    throw invalidInput(
      'range',
      `the range ${from}:${to} must lie within 0:${size} and not end before it begins`,
    );
  }
  if (!(Number.isInteger(blockSize) && blockSize >= 1 && blockSize <= largestBlock)) {
    throw invalidInput(
      'blockSize',
      `blockSize is ${blockSize}; it must be a whole number from 1 to ${largestBlock}`,
    );
  }
  return { from, to, blockSize };
}

export function requireInside(index: bigint, size: bigint): void {
  if (!(index >= 0n && index < size)) {
    throw invalidInput('index', `there is no candidate number ${index}; the last is ${size - 1n}`);
  }
}

/** The numbers of rows that nothing was left out of. */
export const countingUp = (rows: number): Uint32Array => Uint32Array.from({ length: rows }, (_, i) => i);
