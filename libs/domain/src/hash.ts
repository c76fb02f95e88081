import { hash } from 'node:crypto';

/**
 * JSON with sorted keys and no white space: the same value gives the same bytes wherever it is written. Undefined
 * members are left out as JSON.stringify does; NaN and infinities are refused, because JSON would turn them to null.
 */
export function canonicalJson(value: unknown): string {
  const before = written;
  written = '';
  try {
    write(value);
    return written;
  } finally {
    written = before;
  }
}

/** One text that grows: to put together those of all parts takes twice the memory. */
let written = '';

function write(value: unknown): void {
  switch (typeof value) {
    case 'string':
      written += JSON.stringify(value);
      return;
    case 'number':
      if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be written as JSON`);
      // Of a finite one it is the same text, and faster.
      written += `${value}`;
      return;
    case 'boolean':
      written += value ? 'true' : 'false';
      return;
    case 'object':
      if (value === null) written += 'null';
      else if (Array.isArray(value)) writeArray(value);
      else writeObject(value as Members);
      return;
    default:
      throw new TypeError(`a ${typeof value} cannot be written as JSON`);
  }
}

type Members = Readonly<Record<string, unknown>>;

function writeArray(values: readonly unknown[]): void {
  written += '[';
  for (let at = 0; at < values.length; at += 1) {
    if (at > 0) written += ',';
    write(values[at]);
  }
  written += ']';
}

function writeObject(members: Members): void {
  let between = '{';
  for (const key of sortedKeys(members)) {
    const member = members[key];
    if (member === undefined) continue;
    written += between;
    written += keyText(key);
    between = ',';
    write(member);
  }
  written += between === '{' ? '{}' : '}';
}

/** By their UTF-16 code units, as strings are compared. Most objects are small: no sort is called for them. */
function sortedKeys(members: Members): readonly string[] {
  const keys = Object.keys(members);
  if (keys.length > 16) return keys.sort();
  for (let from = 1; from < keys.length; from += 1) {
    const key = keys[from] as string;
    let at = from;
    for (; at > 0 && (keys[at - 1] as string) > key; at -= 1) keys[at] = keys[at - 1] as string;
    keys[at] = key;
  }
  return keys;
}

/** With its colon. The same few keys come again and again; not all that a table may name are kept. */
const keyTexts = new Map<string, string>();
const mostKeys = 1000;

function keyText(key: string): string {
  const known = keyTexts.get(key);
  if (known !== undefined) return known;
  const text = `${JSON.stringify(key)}:`;
  if (keyTexts.size < mostKeys) keyTexts.set(key, text);
  return text;
}

export const sha256 = (text: string): string => hash('sha256', text);

export const hashOf = (value: unknown): string => sha256(canonicalJson(value));
