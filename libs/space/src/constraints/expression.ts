import { invalidInput } from '@ionloop/domain';
import { exp, log } from '@ionloop/linalg';

/**
 * Conditions in words, read into a tree and never run as code:
 *   or · and · not · = != < <= > >= · + − · * / · unary − · ^ · numbers, names, 'text', ( ), min max abs log exp sqrt
 * Names may have letters, digits, _ and dots; any other name stands in double quotes.
 */
export type Evaluate = (valueOf: ValueOf) => number | string | boolean;
type ValueOf = (name: string) => number | string;

export interface Expression {
  readonly holds: Evaluate;
  /** How far the two sides of its comparisons are from what it asks; 0 where it holds. */
  missing(valueOf: ValueOf): number;
}

interface Token {
  readonly kind: 'number' | 'name' | 'text' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}
interface Node {
  readonly type: 'number' | 'text' | 'truth';
  readonly at: number;
  readonly run: Evaluate;
  /** Of a truth: how far it is from being as wanted. */
  readonly away?: (valueOf: ValueOf, wanted: boolean) => number;
}

const tokenPattern =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*)|"([^"]*)"|'([^']*)'|(<=|>=|!=|==|[-+*/^()<>=,]))/uy;
const words = new Set(['and', 'or', 'not']);
const longest = 2000;
const deepest = 100;

const functions: Readonly<
  Record<string, { readonly least: number; readonly most: number; run(x: readonly number[]): number }>
> = {
  min: { least: 1, most: 50, run: (x) => Math.min(...x) },
  max: { least: 1, most: 50, run: (x) => Math.max(...x) },
  abs: { least: 1, most: 1, run: ([x = NaN]) => Math.abs(x) },
  log: { least: 1, most: 1, run: ([x = NaN]) => log(x) },
  exp: { least: 1, most: 1, run: ([x = NaN]) => exp(x) },
  sqrt: { least: 1, most: 1, run: ([x = NaN]) => Math.sqrt(x) },
};

/** Whole powers by multiplication, others by logarithms: the same on every machine. */
function power(base: number, exponent: number): number {
  if (Number.isInteger(exponent) && Math.abs(exponent) <= 64) {
    let result = 1;
    for (let k = 0; k < Math.abs(exponent); k++) result *= base;
    return exponent < 0 ? 1 / result : result;
  }
  return base === 0 ? (exponent > 0 ? 0 : Infinity) : exp(exponent * log(base));
}

export function readExpression(
  source: string,
  field: string,
  typeOf: (name: string, fail: (problem: string) => never) => 'number' | 'text',
): Expression {
  const fail = (at: number, problem: string): never => {
    throw invalidInput(field, `${field}, at character ${at + 1}: ${problem}`);
  };
  if (source.length > longest) fail(longest, `an expression may have ${longest} characters`);
  const tokens = tokensOf(source, fail);
  let next = 0;
  let depth = 0;
  const here = (): Token => tokens[next] ?? { kind: 'end', text: '', at: source.length };
  const take = (...signs: string[]): Token | null => {
    const token = here();
    if ((token.kind !== 'sign' && token.kind !== 'name') || !signs.includes(token.text)) return null;
    next++;
    return token;
  };
  const shownAt = ({ kind, text }: Token): string => (kind === 'end' ? 'the end' : `"${text}"`);
  const expect = (node: Node, type: Node['type'], what: string): Node =>
    node.type === type ? node : fail(node.at, `${what} is needed here`);
  const numeric = (node: Node): Node => expect(node, 'number', 'a number');

  const binary = (
    a: Node,
    b: Node,
    type: Node['type'],
    run: (x: number, y: number) => number | boolean,
  ): Node => {
    const [left, right] = [numeric(a).run, numeric(b).run];
    return { type, at: a.at, run: (v) => run(Number(left(v)), Number(right(v))) };
  };
  const either = (): Node => {
    let node = both();
    for (let sign = take('or'); sign; sign = take('or')) {
      const [a, b] = [expect(node, 'truth', 'a condition'), expect(both(), 'truth', 'a condition')];
      const run: Evaluate = (v) => Boolean(a.run(v)) || Boolean(b.run(v));
      node = { type: 'truth', at: node.at, run, away: (v, wanted) => together(a, b, v, wanted, !wanted) };
    }
    return node;
  };
  const both = (): Node => {
    let node = negated();
    for (let sign = take('and'); sign; sign = take('and')) {
      const [a, b] = [expect(node, 'truth', 'a condition'), expect(negated(), 'truth', 'a condition')];
      const run: Evaluate = (v) => Boolean(a.run(v)) && Boolean(b.run(v));
      node = { type: 'truth', at: node.at, run, away: (v, wanted) => together(a, b, v, wanted, wanted) };
    }
    return node;
  };
  const negated = (): Node => {
    const sign = take('not');
    if (!sign) return compared();
    if (++depth > deepest) fail(sign.at, 'this is nested too deeply');
    const inner = expect(negated(), 'truth', 'a condition');
    depth--;
    return {
      ...{ type: 'truth', at: sign.at, run: (v) => !inner.run(v) },
      away: (v, wanted) => awayOf(inner, v, !wanted),
    };
  };
  const compared = (): Node => {
    const a = sum();
    const sign = take('<=', '>=', '<', '>', '=', '==', '!=');
    if (!sign) return a;
    const b = sum();
    const equal = sign.text === '=' || sign.text === '==';
    if (equal || sign.text === '!=') {
      if (a.type !== b.type || a.type === 'truth')
        fail(sign.at, 'only two numbers or two names can be compared');
      const same = a.type === 'text' ? (x: unknown, y: unknown) => x === y : nearlyEqual;
      const run: Evaluate = (v) => same(a.run(v), b.run(v)) === equal;
      return { type: 'truth', at: a.at, run, away: apart(a, b, run) };
    }
    const compare: Record<string, (x: number, y: number) => boolean> = {
      '<=': (x, y) => x <= y || nearlyEqual(x, y),
      '>=': (x, y) => x >= y || nearlyEqual(x, y),
      '<': (x, y) => x < y,
      '>': (x, y) => x > y,
    };
    const node = binary(a, b, 'truth', compare[sign.text] ?? (() => false));
    return { ...node, away: apart(a, b, node.run) };
  };
  const sum = (): Node => {
    let node = product();
    for (let sign = take('+', '-'); sign; sign = take('+', '-')) {
      node = binary(node, product(), 'number', sign.text === '+' ? (x, y) => x + y : (x, y) => x - y);
    }
    return node;
  };
  const product = (): Node => {
    let node = signed();
    for (let sign = take('*', '/'); sign; sign = take('*', '/')) {
      node = binary(node, signed(), 'number', sign.text === '*' ? (x, y) => x * y : (x, y) => x / y);
    }
    return node;
  };
  const signed = (): Node => {
    const sign = take('-', '+');
    if (!sign) return raised();
    if (++depth > deepest) fail(sign.at, 'this is nested too deeply');
    const { run } = numeric(signed());
    depth--;
    return { type: 'number', at: sign.at, run: (v) => (sign.text === '-' ? -Number(run(v)) : run(v)) };
  };
  const raised = (): Node => {
    const base = single();
    return take('^') ? binary(base, signed(), 'number', power) : base;
  };
  const single = (): Node => {
    const token = here();
    if (++depth > deepest) fail(token.at, 'this is nested too deeply');
    const node = singleAt(token);
    depth--;
    return node;
  };
  const singleAt = (token: Token): Node => {
    const { kind, text, at } = token;
    if (take('(')) {
      const inner = either();
      if (!take(')')) fail(here().at, `a ) is missing before ${shownAt(here())}`);
      return inner;
    }
    if (kind === 'end' || kind === 'sign' || words.has(text)) {
      return fail(at, `a number or a name is needed, not ${shownAt(token)}`);
    }
    next++;
    if (kind === 'number') return { type: 'number', at, run: () => Number(text) };
    if (kind === 'text') return { type: 'text', at, run: () => text };
    const follows = here();
    if (Object.hasOwn(functions, text) && follows.kind === 'sign' && follows.text === '(')
      return called(text, at);
    return { type: typeOf(text, (problem) => fail(at, problem)), at, run: (valueOf) => valueOf(text) };
  };
  const called = (name: string, at: number): Node => {
    next++;
    const given: Evaluate[] = [];
    do given.push(numeric(sum()).run);
    while (take(','));
    if (!take(')')) fail(here().at, `a ) is missing before ${shownAt(here())}`);
    const { least = 1, most = 1, run = () => NaN } = functions[name] ?? {};
    if (given.length < least || given.length > most)
      fail(at, `${name} takes ${least === most ? 'one number' : `${least} to ${most} numbers`}`);
    return { type: 'number', at, run: (v) => run(given.map((one) => Number(one(v)))) };
  };

  const whole = either();
  if (here().kind !== 'end') fail(here().at, `nothing may follow here, but ${shownAt(here())} does`);
  const truth = expect(whole, 'truth', 'a comparison');
  return { holds: truth.run, missing: (valueOf) => awayOf(truth, valueOf, true) };
}

/** What is neither true nor a matter of numbers is so far away. */
const elsewhere = 1;
const awayOf = ({ run, away }: Node, valueOf: ValueOf, wanted: boolean): number =>
  away ? away(valueOf, wanted) : run(valueOf) === wanted ? 0 : elsewhere;

/** The two sides of a comparison. */
const apart =
  (a: Node, b: Node, run: Evaluate): NonNullable<Node['away']> =>
  (valueOf, wanted) => {
    if (run(valueOf) === wanted) return 0;
    const difference = Math.abs(Number(a.run(valueOf)) - Number(b.run(valueOf)));
    return a.type === 'number' && Number.isFinite(difference) ? Math.max(difference, 1e-300) : elsewhere;
  };

/** Both must be as wanted, or the nearer of the two. */
const together = (a: Node, b: Node, valueOf: ValueOf, wanted: boolean, both: boolean): number => {
  const [first, second] = [awayOf(a, valueOf, wanted), awayOf(b, valueOf, wanted)];
  return both ? first + second : Math.min(first, second);
};

const nearlyEqual = (x: unknown, y: unknown): boolean =>
  x === y || Math.abs(Number(x) - Number(y)) <= 1e-9 * Math.max(Math.abs(Number(x)), Math.abs(Number(y)));

function tokensOf(source: string, fail: (at: number, problem: string) => never): readonly Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  const text = source.trimEnd();
  while (tokenPattern.lastIndex < text.length) {
    const from = tokenPattern.lastIndex;
    const found = tokenPattern.exec(text);
    if (!found) {
      const at = from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0);
      return fail(at, `"${text[at] ?? ''}" is not understood`);
    }
    const [all, number, name, quoted, literal, sign] = found;
    const value = number ?? name ?? quoted ?? literal ?? sign ?? '';
    const kind =
      number !== undefined ? 'number' : literal !== undefined ? 'text' : sign !== undefined ? 'sign' : 'name';
    tokens.push({ kind, text: value, at: from + (/^\s*/.exec(all)?.[0].length ?? 0) });
  }
  return tokens;
}
