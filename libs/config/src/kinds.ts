import { resolve } from 'node:path';

/** How a value is written: `parse` gives undefined for what does not fit `expected`. */
export interface Kind<Value> {
  readonly expected: string;
  parse(text: string): Value | undefined;
}

export const text: Kind<string> = { expected: 'a text', parse: (value) => value };

export const folder: Kind<string> = { expected: 'a folder', parse: (value) => resolve(value) };

export const flag: Kind<boolean> = {
  expected: '1 or 0',
  parse: (value) => (value === '1' ? true : value === '0' ? false : undefined),
};

export function wholeNumber(from: number, to: number): Kind<number> {
  return {
    expected: `a whole number from ${from} to ${to}`,
    parse: (value) => (/^\d+$/.test(value) ? within(Number(value), from, to) : undefined),
  };
}

export function decimal(from: number, to: number): Kind<number> {
  return {
    expected: `a number from ${from} to ${to}`,
    parse: (value) => (/^\d+(\.\d+)?$/.test(value) ? within(Number(value), from, to) : undefined),
  };
}

export function oneOf<const Value extends string>(values: readonly Value[]): Kind<Value> {
  return {
    expected: `one of ${values.join(', ')}`,
    parse: (value) => values.find((known) => known === value),
  };
}

export function url(...protocols: readonly string[]): Kind<string> {
  return {
    expected: `a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    parse: (value) => {
      if (!URL.canParse(value)) return undefined;
      const { protocol, host, searchParams } = new URL(value);
      // A PostgreSQL server may also be named by its socket's folder: postgres:///loop?host=/run/postgresql.
      return protocols.includes(protocol) && (host !== '' || searchParams.has('host')) ? value : undefined;
    },
  };
}

/** Several of a kind, with commas between them; none twice. */
export function listOf<Value>(kind: Kind<Value>, what: string): Kind<readonly Value[]> {
  return {
    expected: `${what} with commas between them`,
    parse: (value) => {
      const parsed = partsOf(value).map((part) => kind.parse(part));
      const known = parsed.filter((part) => part !== undefined);
      return known.length > 0 && known.length === parsed.length ? [...new Set(known)] : undefined;
    },
  };
}

/** What a word of somebody else's means here. */
export interface Meaning<Value> {
  readonly word: string;
  readonly means: Value;
}

/** `theirs=ours, other=ours`, in the order in which they are looked for. */
export function meanings<Value>(kind: Kind<Value>, what: string): Kind<readonly Meaning<Value>[]> {
  return {
    expected: `word=${what} with commas between them`,
    parse: (value) => {
      const parsed = partsOf(value).map((part) => {
        const at = part.lastIndexOf('=');
        const word = part.slice(0, Math.max(0, at)).trim();
        const means = kind.parse(part.slice(at + 1).trim());
        return word === '' || means === undefined ? undefined : { word, means };
      });
      const known = parsed.filter((part) => part !== undefined);
      return known.length > 0 && known.length === parsed.length ? known : undefined;
    },
  };
}

const partsOf = (value: string): readonly string[] => value.split(',').map((part) => part.trim());

const within = (value: number, from: number, to: number): number | undefined =>
  value >= from && value <= to ? value : undefined;
