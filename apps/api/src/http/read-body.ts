import { invalidInput, type Json, type JsonObject, shown } from '@ionloop/domain';
import { complaintAboutJson, isJson } from '../graphql/json.js';

/** Reading untrusted bodies: each reader returns the typed value or refuses with the field's name. */

export type Fields = Readonly<Record<string, unknown>>;

export function objectAt(value: unknown, field: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidInput(field, `${field} must be an object, not ${shown(value)}`);
  }
  const stranger = Object.keys(value).find((key) => !known.includes(key));
  if (stranger !== undefined) {
    throw invalidInput(
      stranger,
      `${field} has an unknown key "${stranger}"; it may have ${known.join(', ')}`,
    );
  }
  return value as Fields;
}

export function textAt(value: unknown, field: string, { max }: { readonly max: number }): string {
  if (typeof value !== 'string') throw invalidInput(field, `${field} must be text, not ${shown(value)}`);
  if (value.trim() === '') throw invalidInput(field, `${field} must not be empty`);
  if (value.length > max) {
    throw invalidInput(field, `${field} has ${value.length} characters; at most ${max} are taken`);
  }
  return value;
}

export function numberAt(value: unknown, field: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw invalidInput(field, `${field} must be a finite number, not ${shown(value)}`);
  }
  return value;
}

export function integerAt(value: unknown, field: string): number {
  const number = numberAt(value, field);
  if (!Number.isSafeInteger(number))
    throw invalidInput(field, `${field} is ${number}; it must be a whole number`);
  return number;
}

export function booleanAt(value: unknown, field: string): boolean {
  if (typeof value !== 'boolean')
    throw invalidInput(field, `${field} must be true or false, not ${shown(value)}`);
  return value;
}

export function listAt<T>(
  value: unknown,
  field: string,
  max: number,
  read: (member: unknown, field: string) => T,
): readonly T[] {
  if (!Array.isArray(value)) throw invalidInput(field, `${field} must be a list, not ${shown(value)}`);
  if (value.length > max) {
    throw invalidInput(field, `${field} has ${value.length} entries; at most ${max} are taken`);
  }
  return value.map((member: unknown, index) => read(member, `${field}[${index}]`));
}

export function memberAt<T extends string>(value: unknown, field: string, members: readonly T[]): T {
  const member = members.find((candidate) => candidate === value);
  if (member === undefined) {
    throw invalidInput(field, `${field} is ${shown(value)}; it must be one of ${members.join(', ')}`);
  }
  return member;
}

export function jsonAt(value: unknown, field: string): Json {
  if (value === undefined) throw invalidInput(field, `${field} is missing`);
  if (isJson(value)) return value;
  throw invalidInput(field, `${field} ${complaintAboutJson(value) ?? 'is no JSON'}`);
}

export function jsonObjectAt(value: unknown, field: string): JsonObject {
  const json = jsonAt(value, field);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw invalidInput(field, `${field} must be an object, not ${shown(value)}`);
  }
  return json as JsonObject;
}

/** The member if it was sent: null counts as not sent. */
export function sent<K extends string, T>(
  fields: Fields,
  key: K,
  field: string,
  read: (value: unknown, field: string) => T,
): Partial<Record<K, T>> {
  const value = fields[key];
  return value === undefined || value === null
    ? {}
    : ({ [key]: read(value, field) } as Partial<Record<K, T>>);
}
