import type {
  CampaignHeadFragment,
  CostInput,
  ObjectiveChangeInput,
  OutcomeLimitChangeInput,
} from '../../../api/generated/graphql.js';
import { fieldsOf } from '../../../api/json.js';
import { propertyName } from '../../../format/objective.js';
import { numberIn } from '../moves/point-draft.js';

type Head = Pick<CampaignHeadFragment, 'objectives' | 'limits' | 'cost'>;
type Goal = Head['objectives'][number]['goal'];

/** What is wanted of a property, as it is typed; ends count where it is a window. */
export interface AimDraft {
  readonly property: string;
  readonly unit: string;
  readonly goal: Goal;
  readonly low: string;
  readonly high: string;
}

export type LimitEndsDraft = Omit<AimDraft, 'goal'>;

export interface PriceDraft {
  /** A parameter, or `mixture.component`. */
  readonly of: string;
  readonly price: string;
  /** Prices of choices stay as they are. */
  readonly choices: unknown;
}

export interface PricesDraft {
  readonly base: string;
  readonly budget: string;
  readonly per: readonly PriceDraft[];
}

export interface TermsDraft {
  readonly aims: readonly AimDraft[];
  readonly limits: readonly LimitEndsDraft[];
  readonly cost: PricesDraft | null;
}

const typed = (value: number | null | undefined): string => (value == null ? '' : String(value));

export const termsDraftOf = ({ objectives, limits, cost }: Head): TermsDraft => ({
  aims: objectives.map(({ property, unit, goal, low, high }) => ({
    ...{ property, unit, goal },
    ...{ low: typed(low), high: typed(high) },
  })),
  limits: limits.map(({ property, unit, low, high }) => ({
    ...{ property, unit },
    ...{ low: typed(low), high: typed(high) },
  })),
  cost: cost && {
    base: typed(cost.base),
    budget: typed(cost.budget),
    per: cost.per.map(({ parameter, component, perUnit, of }) => ({
      of: component === null ? parameter : `${parameter}.${component}`,
      price: typed(perUnit),
      choices: perUnit === null ? of : null,
    })),
  },
});

export const noCost: PricesDraft = { base: '1', budget: '', per: [] };

export interface TermsChange {
  readonly objectives?: ObjectiveChangeInput[];
  readonly limits?: OutcomeLimitChangeInput[];
  readonly cost?: CostInput | null;
}

type Problem = { readonly problem: string };
const isProblem = (value: object): value is Problem => 'problem' in value;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What is wanted otherwise; what stays is left out. */
export function readTerms(before: TermsDraft, draft: TermsDraft): TermsChange | Problem {
  const objectives: ObjectiveChangeInput[] = [];
  for (const [i, aim] of draft.aims.entries()) {
    const known = before.aims[i];
    const moved = aim.goal === 'window' && (aim.low !== known?.low || aim.high !== known.high);
    if (aim.goal === known?.goal && !moved) continue;
    const ends = aim.goal === 'window' ? endsIn(aim, 'A window') : {};
    if (isProblem(ends)) return ends;
    objectives.push({ property: aim.property, goal: aim.goal, ...ends });
  }
  const limits: OutcomeLimitChangeInput[] = [];
  for (const [i, limit] of draft.limits.entries()) {
    const known = before.limits[i];
    if (limit.low === known?.low && limit.high === known.high) continue;
    const ends = endsIn(limit, 'A limit', true);
    if (isProblem(ends)) return ends;
    limits.push({ property: limit.property, ...ends });
  }
  const cost = same(before.cost, draft.cost) ? undefined : draft.cost && costIn(draft.cost);
  if (cost && isProblem(cost)) return cost;
  return {
    ...(objectives.length > 0 && { objectives }),
    ...(limits.length > 0 && { limits }),
    ...(cost !== undefined && { cost }),
  };
}

interface Ends {
  readonly low: number | null;
  readonly high: number | null;
}

function endsIn({ property, low, high }: LimitEndsDraft, what: string, mayBeOpen = false): Ends | Problem {
  const name = propertyName(property);
  const ends = { low: numberIn(low), high: numberIn(high) };
  const wrong = [low, high].some((text, i) => text.trim() !== '' && [ends.low, ends.high][i] === null);
  if (wrong) return { problem: `The ends of ${name} must be numbers.` };
  if (ends.low === null && ends.high === null && !mayBeOpen) {
    return { problem: `${what} of ${name} needs an end.` };
  }
  if (ends.low !== null && ends.high !== null && ends.low >= ends.high) {
    return { problem: `The upper end of ${name} must be above the lower.` };
  }
  return ends;
}

function costIn({ base, budget, per }: PricesDraft): CostInput | Problem {
  const [each, all] = [numberIn(base), numberIn(budget)];
  if (each === null || (budget.trim() !== '' && all === null)) {
    return { problem: 'What experiments cost must be numbers.' };
  }
  const terms: CostInput['per'] = [];
  for (const { of, price, choices } of per) {
    const dot = of.indexOf('.');
    const named = dot < 0 ? { parameter: of } : { parameter: of.slice(0, dot), component: of.slice(dot + 1) };
    const perUnit = numberIn(price);
    if (of === '' || (perUnit === null && choices === null)) {
      return { problem: `The price of ${of === '' ? 'what it depends on' : of} must be a number.` };
    }
    terms.push(choices === null ? { ...named, perUnit } : { ...named, of: choices });
  }
  return { base: each, per: terms, ...(all !== null && { budget: all }) };
}

/** Everything that is another than it was: what, from, to. */
export function changedTerms(
  before: TermsDraft,
  draft: TermsDraft,
): readonly (readonly [what: string, from: string, to: string])[] {
  const range = ({ low, high, unit }: Omit<LimitEndsDraft, 'property'>): string => {
    const text =
      low.trim() === ''
        ? high.trim() === ''
          ? 'none'
          : `at most ${high}`
        : high.trim() === ''
          ? `at least ${low}`
          : `${low} to ${high}`;
    return unit === '' || text === 'none' ? text : `${text} ${unit}`;
  };
  const aimed = (aim: AimDraft): string => (aim.goal === 'window' ? `inside ${range(aim)}` : aim.goal);
  const priced = (cost: PricesDraft | null): string =>
    cost === null
      ? 'all the same'
      : [
          cost.base,
          ...cost.per.map(({ of, price, choices }) =>
            choices === null
              ? `${price} × ${of}`
              : `${Object.keys(fieldsOf(choices)).length} prices of ${of}`,
          ),
        ].join(' + ') + (cost.budget.trim() === '' ? '' : `, ${cost.budget} in all`);
  const pairs = [
    ...draft.aims.map(
      (aim, i) => [`Goal of ${propertyName(aim.property)}`, before.aims[i], aim, aimed] as const,
    ),
  ].flatMap(([what, from, to, write]) => (from ? [[what, write(from), write(to)] as const] : []));
  const limits = draft.limits.flatMap((limit, i) => {
    const known = before.limits[i];
    return known ? [[`Limit of ${propertyName(limit.property)}`, range(known), range(limit)] as const] : [];
  });
  const cost = [['Cost of an experiment', priced(before.cost), priced(draft.cost)] as const];
  return [...pairs, ...limits, ...cost].filter(([, from, to]) => from !== to);
}

/** As they stand in an address. */
export const termsText = ({ aims, limits, cost }: TermsDraft): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(
    aims.map(({ property, goal, low, high }) => [`aim ${property}`, `${goal} ${low}..${high}`]),
  ),
  ...Object.fromEntries(limits.map(({ property, low, high }) => [`limit ${property}`, `${low}..${high}`])),
  cost:
    cost === null
      ? 'none'
      : [
          `${cost.base}..${cost.budget}`,
          ...cost.per.map(({ of, price, choices }) => `${of}=${choices === null ? price : ''}`),
        ].join(';'),
});

const aims: readonly string[] = ['maximise', 'minimise', 'window'] satisfies Goal[];
const isGoal = (text: string): text is Goal => aims.includes(text);

export function termsAt(before: TermsDraft, search: URLSearchParams): TermsDraft {
  return {
    aims: before.aims.map((aim) => {
      const [goal = '', ends = ''] = search.get(`aim ${aim.property}`)?.split(' ') ?? [];
      const [low, high] = ends.split('..');
      return isGoal(goal) && low !== undefined && high !== undefined ? { ...aim, goal, low, high } : aim;
    }),
    limits: before.limits.map((limit) => {
      const [low, high] = search.get(`limit ${limit.property}`)?.split('..') ?? [];
      return low === undefined || high === undefined ? limit : { ...limit, low, high };
    }),
    cost: costAt(before.cost, search.get('cost')),
  };
}

function costAt(before: PricesDraft | null, text: string | null): PricesDraft | null {
  if (text === null) return before;
  if (text === 'none') return null;
  const [ends = '', ...terms] = text.split(';');
  const [base = '', budget = ''] = ends.split('..');
  return {
    ...{ base, budget },
    per: terms.map((term) => {
      const at = term.lastIndexOf('=');
      const of = term.slice(0, at);
      const choices = before?.per.find((one) => one.of === of)?.choices ?? null;
      return { of, price: term.slice(at + 1), choices };
    }),
  };
}
