import type { Dimension } from '../../../api/space.js';
import { fieldsOf, textOr } from '../../../api/json.js';
import { formulaText } from '../../../format/formula.js';
import { tickText, withUnit } from '../../../format/number.js';

/** A point in one line: what it is made of and under which conditions. Candidates of a pool are called by their id. */
export function placeText(axes: readonly Dimension[], point: unknown): string {
  const ids = Object.values(fieldsOf(point)).filter(
    (value) => typeof value === 'string' && !axes.some(({ choices }) => choices?.includes(value)),
  );
  const numbers = ids.length > 0 ? [] : axes;
  return [
    ...ids.map((id) => textOr(id, '')),
    ...numbers.flatMap((axis) => {
      const value = axis.of(point);
      if (value === null || (axis.share === true && value < 1e-12)) return [];
      const text =
        axis.share === true
          ? `${tickText(100 * value)} %`
          : (axis.choices?.[value] ?? withUnit(tickText(value), axis.unit));
      return [`${formulaText(axis.name)} ${text}`];
    }),
  ].join(' · ');
}
