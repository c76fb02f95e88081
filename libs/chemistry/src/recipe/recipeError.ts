export type RecipeErrorCode = 'INVALID' | 'UNREACHABLE';

/** A recipe that cannot be written; `elements` are those that do not balance. */
export class RecipeError extends Error {
  constructor(
    readonly code: RecipeErrorCode,
    message: string,
    readonly elements: readonly string[],
  ) {
    super(message);
    this.name = 'RecipeError';
  }
}
