/** Careful reading of the schema's JSON scalars: what is not as expected is left out, never invented. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const textOr = (value: unknown, otherwise: string): string =>
  typeof value === 'string' ? value : otherwise;
export const numberOr = <T>(value: unknown, otherwise: T): number | T =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
export const numbersOf = (value: unknown): readonly number[] =>
  listOf(value).filter((entry): entry is number => typeof entry === 'number');
