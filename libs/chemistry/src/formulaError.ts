/** A formula that cannot be read, with the place (from 1) where reading stopped. */
export class FormulaError extends Error {
  constructor(
    readonly formula: string,
    readonly position: number,
    readonly problem: string,
  ) {
    super(`"${formula}" is not a formula: ${problem} at position ${position}`);
    this.name = 'FormulaError';
  }
}
