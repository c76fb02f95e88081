import type { JsonObject } from '@ionloop/domain';

/** Recipes of three components, in the steps of a dispenser. */
export const ternarySpace = (step: number) =>
  ({
    parameters: [
      {
        ...{ kind: 'mixture', name: 'composition', step },
        components: [{ name: 'Li3PO4' }, { name: 'Li3BO3' }, { name: 'Li2SO4' }],
      },
    ],
  }) satisfies JsonObject;

export const mostConducting = {
  ...{ property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' },
  temperatureC: 300,
} satisfies JsonObject;

/** A small campaign, as a person asks for it. */
export const ternary: JsonObject = {
  name: 'Ternary',
  space: ternarySpace(0.05),
  objective: mostConducting,
  strategy: 'auto',
  initial: 4,
  budget: 8,
  parallel: 3,
  approval: 'automatic',
  seed: 'contract',
};
