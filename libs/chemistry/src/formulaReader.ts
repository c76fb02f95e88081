import { elements } from './elements.js';
import { FormulaError } from './formulaError.js';

/** Numbers for the variables of a formula: `{ x: 0.3 }`. */
export type Variables = Readonly<Record<string, number>>;

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const number = String.raw`(?:\d+\.?\d*|\.\d+)(?:/\d+\.?\d*)?`;
const variableTerm = `(?:${number})?[xyzδ]`;
/** 1.3, x, 2-x, 1+x+2y, 2/3-x; after a sign only what has a variable, since 0.3Li2S-0.7P2S5 is a mixture. */
const amountPattern = new RegExp(`^(?:${variableTerm}|${number})(?:[+-]${variableTerm})*`);
const wholeNumber = /^[\d.]+/;
const refusedMarks: readonly (readonly [RegExp, string])[] = [
  [/[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻^]/, 'charges are not read, only amounts; the sign of one stands'],
  [/[□◻☐⎕]/, 'a vacancy holds no atom and is left out; its sign stands'],
];

/** One formula without a leading amount, from `at` to `end` of the text. */
export class FormulaReader {
  constructor(
    private readonly formula: string,
    private readonly text: string,
    private readonly variables: Variables,
    private at = 0,
    private readonly stop = text.length,
  ) {}

  /** The amount before a part of a mixture: 75, x or (1-x); nothing where there is none. */
  leadingAmount(): number | undefined {
    this.skipSpaces();
    const rest = this.text.slice(this.at, this.stop);
    const inner = /^\(([^()A-Z]+)\)/.exec(rest);
    const plain = inner?.[1]?.trim() ?? amountPattern.exec(rest)?.[0];
    if (plain === undefined) return undefined;
    const start = this.at;
    if (amountPattern.exec(plain)?.[0] !== plain) throw this.error(`"${plain}" is not an amount`, start);
    this.at += inner?.[0].length ?? plain.length;
    return this.valueOf(plain, start);
  }

  /** Everything up to `end`, or up to the end of the formula where there is none. */
  group(end?: string): Map<string, number> {
    const opened = this.at;
    const amounts = new Map<string, number>();
    let read = 0;
    const add = (element: string, amount: number): void => {
      read += 1;
      if (amount > 0) amounts.set(element, (amounts.get(element) ?? 0) + amount);
    };
    for (;;) {
      this.skipSpaces();
      const character = this.at < this.stop ? this.text[this.at] : undefined;
      if (character === undefined) {
        if (end !== undefined) throw this.error(`"${end}" is missing for the bracket opened`, opened - 1);
        return amounts;
      }
      if (character === end) {
        this.at += 1;
        if (read === 0) throw this.error('there is nothing in the brackets', opened - 1);
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
      read += 1;
      for (const [element, amount] of inner) add(element, amount * times);
    }
  }

  private element(): string {
    const start = this.at;
    const symbol = /^[A-Z][a-z]?/.exec(this.text.slice(start, this.stop))?.[0];
    if (symbol === undefined) throw this.error(this.cannotStand(start), start);
    const name = elements.has(symbol) || !/^.[xyz]$/.test(symbol) ? symbol : symbol.slice(0, 1);
    if (name === 'D' || name === 'T') {
      throw this.error(`isotopes are not told apart; write H for ${name}, which stands`, start);
    }
    if (!elements.has(name)) throw this.error(`there is no element "${symbol}"`, start);
    this.at += name.length;
    return name;
  }

  private cannotStand(at: number): string {
    const character = this.text[at] ?? '';
    const refused = refusedMarks.find(([mark]) => mark.test(character));
    if (refused) return refused[1];
    const known = `"${character}" is neither an element nor a bracket that can stand here`;
    return character === '+' || character === '-' ? `${known}, and charges are not read;` : known;
  }

  private amount(): number {
    const start = this.at;
    const rest = this.text.slice(start, this.stop);
    const written = amountPattern.exec(rest)?.[0];
    const digits = wholeNumber.exec(rest)?.[0] ?? '';
    if (written === undefined && digits === '') return 1;
    if (written === undefined || digits.length > written.length) {
      throw this.error(`"${digits}" is not a number`, start);
    }
    this.at += written.length;
    return this.valueOf(written, start);
  }

  private valueOf(written: string, start: number): number {
    const variable = /[xyzδ]/.test(written);
    let value = 0;
    for (const [, sign, times, name] of written.matchAll(/([+-]?)([\d./]*)([xyzδ]?)/g)) {
      if (times === '' && name === '') continue;
      const [over = 1, under = 1] = times === '' ? [] : (times ?? '').split('/').map(Number);
      const factor = name === '' ? 1 : this.variable(name ?? '', start);
      value += ((sign === '-' ? -1 : 1) * over * factor) / under;
    }
    // 2 − x at x = 2, but for the last digit, is nothing.
    if (variable && Math.abs(value) < 1e-12) return 0;
    if (!(value > 0 && Number.isFinite(value))) {
      throw this.error(
        `the amount ${written}${variable ? ` = ${value}` : ''} is not a positive number`,
        start,
      );
    }
    return value;
  }

  private variable(name: string, at: number): number {
    const value = Object.hasOwn(this.variables, name) ? this.variables[name] : undefined;
    if (value === undefined) {
      throw this.error(`"${name}" is a variable; give it a number, as in { ${name}: 0.3 }; it stands`, at);
    }
    if (!Number.isFinite(value)) throw this.error(`the variable ${name} is ${value}`, at);
    return value;
  }

  private skipSpaces(): void {
    while (this.at < this.stop && this.text[this.at] === ' ') this.at += 1;
  }

  private error(problem: string, at: number): FormulaError {
    return new FormulaError(this.formula, at + 1, problem);
  }
}
