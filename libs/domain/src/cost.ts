import { invalidInput } from './errors.js';
import type { CostSpec, CostTerm } from './planning.js';
import type { Point, SpaceSpec } from './space-spec.js';

/** What experiments cost, as a campaign says it: what has been spent follows from what was made. */
export type CampaignCost = Omit<CostSpec, 'spent'>;

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
    if (spec.kind === 'mixture') {
      const known = spec.components.map(({ name }) => name);
      if (component === undefined || !known.includes(component)) {
        throw invalidInput(`${field}.component`, `${field}.component must be one of ${known.join(', ')}`);
      }
    } else if (component !== undefined) {
      throw invalidInput(
        `${field}.component`,
        `${parameter} is no mixture and has no component "${component}"`,
      );
    }
    if ((perUnit === undefined) === (of === undefined)) {
      throw invalidInput(field, `${field} needs either perUnit or of`);
    }
    const numbers = [...Object.values(of ?? {}), ...(perUnit === undefined ? [] : [perUnit])];
    if (!numbers.every(Number.isFinite)) throw invalidInput(field, `${field} must hold finite numbers`);
  });
}

/** The sum of all terms, whatever it comes to. */
export const priceOf = ({ base, per }: CampaignCost, point: Point): number =>
  per.reduce((sum, term) => sum + termOf(term, point), base);

/** What these cost together; what would pay back counts for nothing. */
export const costOfAll = (cost: CampaignCost, points: readonly Point[]): number =>
  points.reduce((sum, point) => sum + Math.max(0, priceOf(cost, point)), 0);

/** Of a budget, what sums of prices may be off by: ten of 0.1 are to be had for 1. */
const rounding = 1e-9;

/** Whether so much more may be spent. */
export const canPay = ({ budget, spent = 0 }: CostSpec, price: number): boolean =>
  budget === undefined || spent + price <= budget * (1 + rounding);

/** Whether nothing more may be spent. */
export const isSpent = ({ budget, spent = 0 }: CostSpec): boolean =>
  budget !== undefined && spent >= budget * (1 - rounding);

/** What may still be spent once these are paid. */
export const afterPaying = (cost: CostSpec, points: readonly Point[]): CostSpec =>
  cost.budget === undefined ? cost : { ...cost, spent: (cost.spent ?? 0) + costOfAll(cost, points) };

/** Those of these that can be paid together, each in its turn. */
export function payable<T>(
  cost: CostSpec | undefined,
  wanted: readonly T[],
  pointOf: (one: T) => Point,
): readonly T[] {
  if (cost?.budget === undefined) return wanted;
  let left = cost;
  return wanted.filter((one) => {
    const point = pointOf(one);
    if (!canPay(left, priceOf(left, point))) return false;
    left = afterPaying(left, [point]);
    return true;
  });
}

/** What one experiment costs; it must cost something. */
export function costOf(cost: CampaignCost, point: Point): number {
  const price = priceOf(cost, point);
  if (!(price > 0 && price < Infinity)) {
    throw invalidInput(
      'cost',
      `an experiment at ${JSON.stringify(point)} would cost ${price}; it must be above 0`,
    );
  }
  return price;
}

function termOf({ parameter, component, perUnit, of }: CostTerm, point: Point): number {
  const whole = point[parameter];
  const value = component !== undefined && typeof whole === 'object' ? whole[component] : whole;
  if (perUnit !== undefined) return typeof value === 'number' ? perUnit * value : 0;
  return typeof value === 'string' || typeof value === 'number' ? (of?.[value] ?? 0) : 0;
}
