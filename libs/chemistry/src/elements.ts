import { elementTable } from './elementTable.js';

/** An element: its symbol, atomic number and standard atomic weight in g/mol. */
export interface Element {
  readonly symbol: string;
  readonly atomicNumber: number;
  readonly atomicWeight: number;
}

export const elements: ReadonlyMap<string, Element> = new Map(
  elementTable
    .trim()
    .split('\n')
    .map((line, i) => {
      const [symbol = '', weight] = line.trim().split(' ');
      return [symbol, { symbol, atomicNumber: i + 1, atomicWeight: Number(weight) }];
    }),
);
