import { invalidInput, type PlanRequest } from '@ionloop/domain';
import type { Strategy } from '../strategies/strategy.js';

/** The strategy that is asked for, once the numbers of the request make sense. */
export function checkedStrategy(
  strategies: Readonly<Record<string, Strategy>>,
  { count, experimentsSoFar, strategy: { name, initial } }: PlanRequest,
): Strategy {
  for (const [field, value] of Object.entries({ count, experimentsSoFar, 'strategy.initial': initial })) {
    if (!(Number.isSafeInteger(value) && value >= 0)) {
      throw invalidInput(field, `${field} is ${value}; it must be a whole number, not negative`);
    }
  }
  const strategy = Object.hasOwn(strategies, name) ? strategies[name] : undefined;
  if (strategy === undefined) {
    throw invalidInput(
      'strategy.name',
      `there is no strategy "${name}"; known are ${Object.keys(strategies).join(', ')}`,
    );
  }
  return strategy;
}
