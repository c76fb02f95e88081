import type { Draft } from './draft.js';

const always = [
  'name',
  'description',
  'space',
  'objective.property',
  'objective.unit',
  'objective.goal',
  'objective.transform',
  'objective.temperatureC',
  'budget',
  'parallel',
  'initial',
  'strategy',
  'approval',
] as const;

/** The paths at which a draft's form can show an error. */
export const fieldsIn = ({ parameters }: Draft): ReadonlySet<string> =>
  new Set([
    ...always,
    ...parameters.flatMap((parameter, i) => {
      const path = `space.parameters[${i}]`;
      switch (parameter.kind) {
        case 'other':
          return [path];
        case 'continuous':
          return [path, ...['name', 'min', 'max', 'unit', 'scale'].map((field) => `${path}.${field}`)];
        case 'mixture':
          return [
            path,
            `${path}.name`,
            `${path}.step`,
            `${path}.components`,
            ...parameter.components.flatMap((_, j) =>
              ['name', 'min', 'max'].map((field) => `${path}.components[${j}].${field}`),
            ),
          ];
      }
    }),
  ]);
