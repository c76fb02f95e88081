import { hash } from 'node:crypto';

/**
 * JSON with sorted keys and no white space: the same value gives the same bytes wherever it is written. Undefined
 * members are left out as JSON.stringify does; NaN and infinities are refused, because JSON would turn them to null.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be written as JSON`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const members = value as Readonly<Record<string, unknown>>;
    let text = '';
    // By their UTF-16 code units, as strings are compared.
    for (const key of Object.keys(members).sort()) {
      const member = members[key];
      if (member === undefined) continue;
      text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
    }
    return `{${text}}`;
  }
  throw new TypeError(`a ${typeof value} cannot be written as JSON`);
}

export const sha256 = (text: string): string => hash('sha256', text);

export const hashOf = (value: unknown): string => sha256(canonicalJson(value));
