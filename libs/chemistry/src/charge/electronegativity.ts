import { propertyNames, propertyTable } from '../descriptors/elementProperties.js';

const column = 1 + propertyNames.indexOf('electronegativity');

/** On Pauling's scale; elements that have none are not here. */
export const electronegativities: ReadonlyMap<string, number> = new Map(
  propertyTable
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' '))
    .filter((cells) => cells[column] !== '-')
    .map((cells) => [cells[0] ?? '', Number(cells[column])]),
);

/** What has no electronegativity does not decide. */
export function inElectronegativityOrder(
  states: readonly { readonly element: string; readonly state: number }[],
): boolean {
  const of = (sign: 1 | -1): readonly number[] =>
    states
      .filter(({ state }) => state * sign > 0)
      .map(({ element }) => electronegativities.get(element))
      .filter((value) => value !== undefined);
  return Math.max(-Infinity, ...of(1)) <= Math.min(Infinity, ...of(-1));
}
