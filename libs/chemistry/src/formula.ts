import { FormulaError } from './formulaError.js';
import { FormulaReader, type Variables } from './formulaReader.js';

export interface ElementAmount {
  readonly element: string;
  readonly amount: number;
}

/** One part of a mixture such as 75Li2S·25P2S5. */
export interface FormulaPart {
  readonly formula: string;
  readonly amount: number;
  readonly elements: readonly ElementAmount[];
}

const longest = 500;
const dots = /[·•∙⋅*]/;
/** `.5H2O` or `.H2O` at the end: the dot of a hydrate, which would otherwise read as a decimal point. */
const hydrateTail = /\.\d*\s*H2O$/;

/**
 * Reads a formula such as Li1.3Al0.3Ti1.7(PO4)3: nested brackets, decimal amounts, spaces between parts, subscript digits. Elements come in the order in which
 * they first appear, with their amounts added up. Variables (x, y, z, δ) as in Li1+xAlxTi2-x(PO4)3 need numbers; an amount that becomes 0 leaves its element out.
 * A mixture such as 0.75Li2S-0.25P2S5 or 75Li2S·25P2S5 has an amount before each of its parts.
 */
export function parseFormula(formula: string, variables: Variables = {}): readonly ElementAmount[] {
  const sums = new Map<string, number>();
  for (const part of formulaParts(formula, variables)) {
    for (const { element, amount } of part.elements) {
      sums.set(element, (sums.get(element) ?? 0) + amount * part.amount);
    }
  }
  if (sums.size === 0) throw new FormulaError(formula, 1, 'it is empty');
  return [...sums].map(([element, amount]) => ({ element, amount }));
}

/** The parts of a mixture with their amounts, as they are written; of any other formula itself, once. */
export function formulaParts(formula: string, variables: Variables = {}): readonly FormulaPart[] {
  if (formula.length > longest) {
    throw new FormulaError(formula.slice(0, 40), longest + 1, `it is longer than ${longest} characters, cut`);
  }
  const text = plainCharacters(formula);
  const cuts = cutsOf(text);
  const tail = cuts.length === 0 ? hydrateTail.exec(text) : null;
  if (tail) throw hydrate(formula, tail.index);
  const starts = [0, ...cuts.map((cut) => cut + 1)];
  return starts.flatMap((start, i) => {
    const end = cuts[i] ?? text.length;
    const reader = new FormulaReader(formula, text, variables, start, end);
    const amount = cuts.length > 0 ? reader.leadingAmount() : 1;
    if (amount === undefined) throw noAmount(formula, text, starts, cuts, i);
    if (amount === 0) return [];
    const inner = [...reader.group()].map(([element, times]) => ({ element, amount: times }));
    if (inner.length === 0) throw new FormulaError(formula, start + 1, 'it is empty');
    const written = text.slice(start, end).trim();
    return [{ formula: cuts.length > 0 ? withoutAmount(written) : written, amount, elements: inner }];
  });
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

/** A dot, or a dash with the beginning of a part after it, outside of brackets: 2-x is an amount. */
function cutsOf(text: string): readonly number[] {
  const cuts: number[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    else if (depth === 0 && (dots.test(character) || (character === '-' && startsPart(text, at + 1)))) {
      cuts.push(at);
    }
  }
  return cuts;
}

const startsPart = (text: string, at: number): boolean =>
  /^\s*(?:\([^()A-Z]*\)|[\d./]*[xyzδ]?)\s*[A-Z([{]/.test(text.slice(at)) && !isExpression(text, at);

/** In Li2-xO the sign before x joins 2 and x, whereas in 0.9Li2S-xP2S5, where an amount stands before each part, it parts them. */
function isExpression(text: string, at: number): boolean {
  if (!/^[\d./]*[xyzδ]/.test(text.slice(at))) return false;
  return /[\dxyzδ]$/.test(text.slice(0, at - 1)) || !/^\s*(?:\(|[\d.xyzδ])/.test(text);
}

function noAmount(
  formula: string,
  text: string,
  starts: readonly number[],
  cuts: readonly number[],
  i: number,
): FormulaError {
  const water = starts.findIndex((start, k) =>
    /^\s*[\d.]*\s*H2O\s*$/.test(text.slice(start, cuts[k] ?? text.length)),
  );
  if (water > 0) return hydrate(formula, (starts[water] ?? 1) - 1);
  return new FormulaError(
    formula,
    (starts[i] ?? 0) + 1,
    'the parts of a mixture need an amount before each, as in 75Li2S·25P2S5; one without stands',
  );
}

const hydrate = (formula: string, at: number): FormulaError =>
  new FormulaError(
    formula,
    at + 1,
    'hydrates are not read, because their dot can also be a decimal point (write the water in brackets, as in CuSO4(H2O)5, or an amount before every part, as in 1CuSO4·5H2O); the dot stands',
  );

const withoutAmount = (part: string): string => part.replace(/^(?:\([^()A-Z]+\)|[\d./+\-xyzδ]+)\s*/, '');

const plainCharacters = (formula: string): string =>
  formula
    .replace(/[₀-₉]/g, (digit) => String(digit.charCodeAt(0) - 0x2080))
    .replace(/ₓ/g, 'x')
    .replace(/₊/g, '+')
    .replace(/[–−‐‑₋]/g, '-');
