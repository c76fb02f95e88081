/**
 * A pool's inputs as peers take them: numbers as they are, names as names, a formula as the 90 statistics of its elements' properties that our own models see. A
 * space group is its number, as in the data set's own reference: a column for each of them would drown a model of a few dozen rows.
 */
import { descriptorNames, descriptors } from '@ionloop/chemistry';

export function featuresOf({ inputs, categories, formula, cells }) {
  return inputs.flatMap((input, at) => {
    const column = cells.map((row) => row[at]);
    if (input === formula) {
      const rows = column.map((text) => descriptors(text));
      return descriptorNames.map((name, j) => ({
        kind: 'number',
        name,
        values: rows.map((row) => row[j]),
      }));
    }
    const names = categories.includes(input) && column.some((cell) => Number.isNaN(Number(cell)));
    return [
      { kind: names ? 'category' : 'number', name: input, values: names ? column : column.map(Number) },
    ];
  });
}
