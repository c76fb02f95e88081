import { type CostSpec, type CostTerm, invalidInput, type Point, type SpaceSpec } from '@ionloop/domain';

export function checkCost({ base, per, budget, spent = 0 }: CostSpec, { parameters }: SpaceSpec): void {
  if (!(base >= 0 && base < Infinity)) {
    throw invalidInput('cost.base', `cost.base is ${base}; it must be a number of at least 0`);
  }
  if (budget !== undefined && !(budget > 0 && budget < Infinity)) {
    throw invalidInput('cost.budget', `cost.budget is ${budget}; it must be a number above 0`);
  }
  if (!(spent >= 0 && spent < Infinity)) {
    throw invalidInput('cost.spent', `cost.spent is ${spent}; it must be a number of at least 0`);
  }
  per.forEach(({ parameter, component, perUnit, of }, k) => {
    const field = `cost.per[${k}]`;
    const spec = parameters.find(({ name }) => name === parameter);
    if (spec === undefined) {
      throw invalidInput(`${field}.parameter`, `the space has no parameter "${parameter}"`);
    }
    const known = spec.kind === 'mixture' ? spec.components.map(({ name }) => name) : null;
    if ((component === undefined) !== (known === null) || (known && !known.includes(component!))) {
      throw invalidInput(
        `${field}.component`,
        known === null
          ? `${parameter} is no mixture and has no component "${component}"`
          : `${field}.component must be one of ${known.join(', ')}`,
      );
    }
    if ((perUnit === undefined) === (of === undefined)) {
      throw invalidInput(field, `${field} needs either perUnit or of`);
    }
    const numbers = perUnit === undefined ? Object.values(of!) : [perUnit];
    if (!numbers.every(Number.isFinite)) throw invalidInput(field, `${field} must hold finite numbers`);
  });
}

/** What one experiment costs; it must cost something. */
export function costOf({ base, per }: CostSpec, point: Point): number {
  const cost = per.reduce((sum, term) => sum + termOf(term, point), base);
  if (!(cost > 0 && cost < Infinity)) {
    throw invalidInput(
      'cost',
      `an experiment at ${JSON.stringify(point)} would cost ${cost}; it must be above 0`,
    );
  }
  return cost;
}

function termOf({ parameter, component, perUnit, of }: CostTerm, point: Point): number {
  const whole = point[parameter];
  const value = component !== undefined && typeof whole === 'object' ? whole[component] : whole;
  if (perUnit !== undefined) return typeof value === 'number' ? perUnit * value : 0;
  return typeof value === 'string' || typeof value === 'number' ? (of?.[value] ?? 0) : 0;
}
