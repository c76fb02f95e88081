/** Reads what was typed; what is no number is told by the path that the server would use. */
export class Reader {
  readonly errors = new Map<string, string>();

  number(text: string, path: string): number | undefined {
    const trimmed = text.trim();
    if (trimmed === '') return undefined;
    const value = numberOf(trimmed);
    if (value !== null) return value;
    this.errors.set(path, `“${trimmed}” is not a number`);
    return undefined;
  }

  required(text: string, path: string): number {
    const value = this.number(text, path);
    if (value === undefined && !this.errors.has(path)) this.errors.set(path, 'A number is needed here');
    return value ?? 0;
  }

  /** A whole number where there is one. */
  whole(text: string, path: string): number | undefined {
    const value = this.number(text, path);
    if (value !== undefined && !Number.isInteger(value))
      this.errors.set(path, 'A whole number is needed here');
    return value;
  }

  name(text: string, path: string): string {
    if (text.trim() === '') this.errors.set(path, 'A name is needed here');
    return text.trim();
  }

  chosen(text: string, path: string): string {
    if (text === '') this.errors.set(path, 'Something has to be chosen here');
    return text;
  }
}

/** A number as people write it: a decimal comma, a real minus sign, a power of ten. */
export function numberOf(text: string): number | null {
  const plain = text
    .trim()
    .replaceAll('−', '-')
    .replace(/^(-?\d+),(\d+)/, '$1.$2')
    .replace(/\s*[×·x*]\s*10\^?\s*(-?\d+)$/, 'e$1');
  if (plain === '') return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

/** What is given, and nothing where it is not. */
export const given = <K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [key in K]?: V };

/** A list as people write it: a line each, or by semicolons; by commas where there are none of these. */
export const parted = (text: string): readonly string[] =>
  text
    .split(/[;\n]/.test(text) ? /[;\n]/ : /,/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
