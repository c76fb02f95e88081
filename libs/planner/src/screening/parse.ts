import { invalidInput, shown } from '@ionloop/domain';
import type { Filter } from './spec.js';

const mostFilters = 50;
type Fields = Readonly<Record<string, unknown>>;

/** The hard criteria of a screen, in their order, from untrusted JSON. */
export function parseFunnel(json: unknown): readonly Filter[] {
  if (!Array.isArray(json))
    throw invalidInput('funnel', `a funnel must be a list of filters, not ${shown(json)}`);
  if (json.length > mostFilters) {
    throw invalidInput(
      'funnel',
      `the funnel has ${json.length} filters; at most ${mostFilters} can be handled`,
    );
  }
  return json.map((filter: unknown, i) => parseFilter(filter, `funnel[${i}]`));
}

function parseFilter(json: unknown, field: string): Filter {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw invalidInput(field, `${field} must be an object, not ${shown(json)}`);
  }
  const fields = json as Fields;
  const { kind } = fields;
  switch (kind) {
    case 'range': {
      const limits = limitsIn(fields, field, ['column']);
      return { kind, ...limits, column: text(fields['column'], `${field}.column`) };
    }
    case 'sum': {
      const limits = limitsIn(fields, field, ['columns']);
      const { columns } = fields;
      if (!Array.isArray(columns) || columns.length === 0) {
        throw invalidInput(`${field}.columns`, `${field}.columns must be a list of names`);
      }
      return { kind, ...limits, columns: columns.map((name, j) => text(name, `${field}.columns[${j}]`)) };
    }
    case 'ratio': {
      const limits = limitsIn(fields, field, ['of', 'to']);
      return {
        kind,
        ...limits,
        of: text(fields['of'], `${field}.of`),
        to: text(fields['to'], `${field}.to`),
      };
    }
    default:
      throw invalidInput(`${field}.kind`, `${field}.kind is ${shown(kind)}; it must be range, sum or ratio`);
  }
}

function limitsIn(
  fields: Fields,
  field: string,
  own: readonly string[],
): { readonly name: string; readonly min?: number; readonly max?: number } {
  const known = ['kind', 'name', 'min', 'max', ...own];
  const stranger = Object.keys(fields).find((key) => !known.includes(key));
  if (stranger !== undefined) {
    throw invalidInput(
      `${field}.${stranger}`,
      `${field} has no "${stranger}"; it may have ${known.join(', ')}`,
    );
  }
  const { min, max } = fields;
  if (min === undefined && max === undefined) {
    throw invalidInput(field, `${field} needs a min or a max, or it keeps nothing out`);
  }
  return {
    name: text(fields['name'], `${field}.name`),
    ...(min === undefined ? {} : { min: number(min, `${field}.min`) }),
    ...(max === undefined ? {} : { max: number(max, `${field}.max`) }),
  };
}

function text(value: unknown, field: string): string {
  if (typeof value === 'string' && value.trim() !== '' && value.length <= 200) return value;
  throw invalidInput(field, `${field} must be a text of 1 to 200 characters, not ${shown(value)}`);
}

function number(value: unknown, field: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw invalidInput(field, `${field} must be a finite number, not ${shown(value)}`);
}
