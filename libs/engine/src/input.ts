import { invalidInput, shown } from '@ionloop/domain';

/** Reading untrusted JSON: each reader returns the typed value or refuses with the field's name. */

export type Fields = Readonly<Record<string, unknown>>;

export function object(value: unknown, field: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidInput(field, `${field} must be an object, not ${shown(value)}`);
  }
  const stranger = Object.keys(value).find((key) => !known.includes(key));
  if (stranger !== undefined) {
    throw invalidInput(
      `${field}.${stranger}`,
      `${field} has no "${stranger}"; it may have ${known.join(', ')}`,
    );
  }
  return value as Fields;
}

export function text(value: unknown, field: string, { min, max }: { min: number; max: number }): string {
  if (typeof value !== 'string') throw invalidInput(field, `${field} must be text, not ${shown(value)}`);
  const trimmed = value.trim();
  if (trimmed.length < min) throw invalidInput(field, `${field} must not be empty`);
  if (trimmed.length > max) {
    throw invalidInput(field, `${field} has ${trimmed.length} characters; at most ${max} are kept`);
  }
  return trimmed;
}

export function number(value: unknown, field: string, { min, max }: { min: number; max: number }): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw invalidInput(field, `${field} must be a finite number, not ${shown(value)}`);
  }
  if (value < min || value > max) {
    throw invalidInput(field, `${field} is ${value}; it must lie between ${min} and ${max}`);
  }
  return value;
}

export function integer(value: unknown, field: string, range: { min: number; max: number }): number {
  const whole = number(value, field, range);
  if (!Number.isInteger(whole)) throw invalidInput(field, `${field} is ${whole}; it must be a whole number`);
  return whole;
}

export function memberOf<T extends string | boolean>(
  value: unknown,
  field: string,
  members: readonly T[],
): T {
  const member = members.find((candidate) => candidate === value);
  if (member === undefined) {
    throw invalidInput(field, `${field} is ${shown(value)}; it must be one of ${members.join(', ')}`);
  }
  return member;
}
