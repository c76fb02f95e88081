import type { UserError } from '../../api/use-action.js';

export interface PlacedErrors {
  /** By the path of a field that is on the page. */
  readonly atFields: ReadonlyMap<string, string>;
  /** What belongs to no field, or to one that is not shown. */
  readonly others: readonly string[];
}

/** Puts each complaint at its field, or at the nearest field that holds it. */
export function placeErrors(errors: readonly UserError[], fields: ReadonlySet<string>): PlacedErrors {
  const atFields = new Map<string, string>();
  const others: string[] = [];
  for (const { field, message } of errors) {
    const nearest =
      field === null ? undefined : ancestors(field.replace(/^input\./, '')).find((path) => fields.has(path));
    if (nearest === undefined) others.push(message);
    else atFields.set(nearest, [atFields.get(nearest), message].filter(Boolean).join(' '));
  }
  return { atFields, others };
}

/** `a.b[0].c` → itself, `a.b[0]`, `a.b`, `a` */
function ancestors(path: string): readonly string[] {
  const parent = path.replace(/(\.[^.[\]]+|\[\d+\])$/, '');
  return parent === path || parent === '' ? [path] : [path, ...ancestors(parent)];
}
