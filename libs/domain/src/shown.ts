/** A value from outside as it is named in a refusal. */
export function shown(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return `"${value.slice(0, 60)}"`;
    case 'number':
    case 'boolean':
      return String(value);
    case 'undefined':
      return 'missing';
    default:
      return `an ${typeof value}`;
  }
}
