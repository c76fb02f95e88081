import { invalidInput, shown } from '@ionloop/domain';

/** Reading untrusted JSON: each reader returns the typed value or refuses with the field's name. */

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown, field: string, known: readonly string[]): Fields {
  if (!isObject(value)) throw invalidInput(field, `${field} must be an object, not ${shown(value)}`);
  const stranger = Object.keys(value).find((key) => !known.includes(key));
  if (stranger !== undefined) {
    throw invalidInput(
      `${field}.${stranger}`,
      `${field} has an unknown key "${stranger}"; it may have ${known.join(', ')}`,
    );
  }
  return value;
}

export function listOf(value: unknown, field: string, longest: number): readonly unknown[] {
  if (!Array.isArray(value)) throw invalidInput(field, `${field} must be a list, not ${shown(value)}`);
  if (value.length > longest) {
    throw invalidInput(field, `${field} has ${value.length} entries; at most ${longest} can be handled`);
  }
  return value;
}

const longestName = 200;

export function nameAt(value: unknown, field: string): string {
  if (typeof value !== 'string') throw invalidInput(field, `${field} must be text, not ${shown(value)}`);
  if (value.trim() === '') throw invalidInput(field, `${field} must not be empty`);
  if (value.length > longestName) {
    throw invalidInput(field, `${field} has ${value.length} characters; at most ${longestName} are kept`);
  }
  if (value === '__proto__') throw invalidInput(field, `${field} cannot be called "__proto__"`);
  return value;
}

export function numberAt(value: unknown, field: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw invalidInput(field, `${field} must be a finite number, not ${shown(value)}`);
  }
  return value;
}

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Refuses the first name that comes twice. */
export function requireDistinct(names: readonly string[], field: string, what: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw invalidInput(field, `two ${what} are called "${name}"; names must differ`);
    seen.add(name);
  }
}
