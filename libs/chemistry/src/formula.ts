import { elements } from './elements.js';

export interface ElementAmount {
  readonly element: string;
  readonly amount: number;
}

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

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const longest = 500;
const hydrateDot = /[·•∙⋅*]/;
/** `.5H2O` or `.H2O` at the end: the dot of a hydrate, which would otherwise read as a decimal point. */
const hydrateTail = /\.\d*\s*H2O$/;

/**
 * Reads a formula such as Li1.3Al0.3Ti1.7(PO4)3: nested brackets, decimal amounts, spaces between parts, subscript
 * digits. Elements come in the order in which they first appear, with their amounts added up.
 */
export function parseFormula(formula: string): readonly ElementAmount[] {
  if (formula.length > longest) {
    throw new FormulaError(formula.slice(0, 40), longest + 1, `it is longer than ${longest} characters, cut`);
  }
  const text = plainDigits(formula);
  refuseHydrates(formula, text);
  const reader = new Reader(formula, text);
  const amounts = reader.group(undefined);
  if (amounts.size === 0) throw new FormulaError(formula, 1, 'it is empty');
  return [...amounts].map(([element, amount]) => ({ element, amount }));
}

export function isFormula(text: string): boolean {
  try {
    parseFormula(text);
    return true;
  } catch (error) {
    if (error instanceof FormulaError) return false;
    throw error;
  }
}

class Reader {
  private at = 0;

  constructor(
    private readonly formula: string,
    private readonly text: string,
  ) {}

  /** Everything up to `end`, or up to the end of the formula where there is none. */
  group(end: string | undefined): Map<string, number> {
    const opened = this.at;
    const amounts = new Map<string, number>();
    const add = (element: string, amount: number): void =>
      void amounts.set(element, (amounts.get(element) ?? 0) + amount);
    for (;;) {
      this.skipSpaces();
      const character = this.text[this.at];
      if (character === undefined) {
        if (end !== undefined) throw this.error(`"${end}" is missing for the bracket opened`, opened - 1);
        return amounts;
      }
      if (character === end) {
        this.at += 1;
        if (amounts.size === 0) throw this.error('there is nothing in the brackets', opened - 1);
        return amounts;
      }
      const close = closing[character];
      if (close === undefined) {
        const element = this.element();
        add(element, this.amount());
        continue;
      }
      this.at += 1;
      const inner = this.group(close);
      const times = this.amount();
      for (const [element, amount] of inner) add(element, amount * times);
    }
  }

  private element(): string {
    const start = this.at;
    const symbol = /^[A-Z][a-z]?/.exec(this.text.slice(start))?.[0];
    if (symbol === undefined) {
      throw this.error(
        `"${this.text[start] ?? ''}" is neither an element nor a bracket that can stand here`,
        start,
      );
    }
    if (!elements.has(symbol)) throw this.error(`there is no element "${symbol}"`, start);
    this.at += symbol.length;
    return symbol;
  }

  private amount(): number {
    const start = this.at;
    const digits = /^[\d.]+/.exec(this.text.slice(start))?.[0];
    if (digits === undefined) return 1;
    if (!/^(\d+\.?\d*|\.\d+)$/.test(digits)) throw this.error(`"${digits}" is not a number`, start);
    const amount = Number(digits);
    if (!(amount > 0 && Number.isFinite(amount))) {
      throw this.error(`the amount ${digits} is not a positive number`, start);
    }
    this.at += digits.length;
    return amount;
  }

  private skipSpaces(): void {
    while (this.text[this.at] === ' ') this.at += 1;
  }

  private error(problem: string, at: number): FormulaError {
    return new FormulaError(this.formula, at + 1, problem);
  }
}

const plainDigits = (formula: string): string =>
  formula.replace(/[₀-₉]/g, (digit) => String(digit.charCodeAt(0) - 0x2080));

function refuseHydrates(formula: string, text: string): void {
  const found = hydrateDot.exec(text) ?? hydrateTail.exec(text);
  if (found) {
    throw new FormulaError(
      formula,
      found.index + 1,
      'hydrates are not read, because their dot can also be a decimal point (write the water in brackets, as in CuSO4(H2O)5); the dot stands',
    );
  }
}
