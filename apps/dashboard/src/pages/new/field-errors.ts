import type { UserError } from '../../api/use-action.js';
import type { Draft } from './draft/draft.js';
import { type FormStep, stepOfField } from './steps.js';

export interface PlacedErrors {
  /** By the path of a field of the form. */
  readonly atFields: ReadonlyMap<string, string>;
  /** What belongs to no field, or to one that is not shown. */
  readonly others: readonly string[];
}

export const noErrors: PlacedErrors = { atFields: new Map(), others: [] };

/** Puts each complaint at its field, or at the nearest field that holds it. */
export function placeErrors(errors: readonly UserError[], fields: ReadonlySet<string>): PlacedErrors {
  const atFields = new Map<string, string>();
  const others: string[] = [];
  for (const { field, message } of errors) {
    const nearest = field === null ? undefined : ancestors(asInForm(field)).find((path) => fields.has(path));
    if (nearest === undefined) others.push(message);
    else atFields.set(nearest, [atFields.get(nearest), message].filter(Boolean).join(' '));
  }
  return { atFields, others };
}

/** The form has its goals as a list, also where there is one. */
const asInForm = (field: string): string =>
  field.replace(/^input\./, '').replace(/^objective(?=\.|$)/, 'objectives[0]');

/** `a.b[0].c` → itself, `a.b[0]`, `a.b`, `a` */
function ancestors(path: string): readonly string[] {
  const parent = path.replace(/(\.[^.[\]]+|\[\d+\])$/, '');
  return parent === path || parent === '' ? [path] : [path, ...ancestors(parent)];
}

/** The paths at which the form can show an error. */
export function fieldsIn(draft: Draft): ReadonlySet<string> {
  const { parameters, constraints, objectives, limits, cost, settings } = draft;
  return new Set([
    ...['name', 'description', 'space', 'cost', 'cost.base', 'cost.budget'],
    ...['strategy', 'initial', 'budget', 'parallel', 'approval', 'review.separate', 'review.rejectedFor'],
    ...parameters.flatMap((parameter, i) => {
      const path = `space.parameters[${i}]`;
      if (parameter.kind !== 'pool') return [path, ...leaves(parameter, path)];
      return [path, ...['name', 'candidates', 'features'].map((field) => `${path}.${field}`)];
    }),
    ...constraints.flatMap((constraint, i) => {
      const path = `space.constraints[${i}]`;
      return [path, ...leaves(constraint, path)];
    }),
    ...leaves(objectives, 'objectives'),
    ...leaves(limits, 'limits'),
    ...(cost?.per ?? []).flatMap((_, i) => [`cost.per[${i}].parameter`, `cost.per[${i}].perUnit`]),
    ...leaves(settings, 'settings'),
  ]);
}

/** Of what is typed, the path of each text. */
function leaves(value: unknown, path: string): readonly string[] {
  if (typeof value === 'string') return [path];
  if (Array.isArray(value)) return value.flatMap((one, i) => leaves(one, `${path}[${i}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => key !== 'kind' && key !== 'json')
    .flatMap(([key, one]) => leaves(one, `${path}.${key}`));
}

/** How many complaints each step has. */
export function errorsByStep(errors: PlacedErrors): ReadonlyMap<FormStep, number> {
  const counts = new Map<FormStep, number>();
  for (const path of errors.atFields.keys()) {
    const step = stepOfField(path);
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return counts;
}
