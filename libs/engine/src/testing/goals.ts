import type { JsonObject } from '@ionloop/domain';
import { ternary } from './ternary.js';

const { objective, ...without } = ternary;
/** All of a campaign but what it is for. */
export const unaimed: JsonObject = without;
export const conductivity = objective;
export const density = { property: 'relative_density', goal: 'maximise', unit: '%' } as const;
export const hardness = {
  property: 'electronic_conductivity',
  unit: 'S/cm',
  transform: 'log10',
  high: 1e-8,
} as const;
export const prices = {
  base: 10,
  per: [{ parameter: 'composition', component: 'Li3BO3', perUnit: 100 }],
} as const;
/** Two objectives, a limit and costs. */
export const everything: JsonObject = {
  ...unaimed,
  objectives: [conductivity ?? null, density],
  limits: [hardness],
  cost: prices,
};
