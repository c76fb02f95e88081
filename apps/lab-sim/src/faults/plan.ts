import type { Assignment } from '@ionloop/lab-client';
import { drawsOf } from '../draws.js';
import { faultKinds, type FaultKind } from './kinds.js';

/** How often a fault comes: at a rate, by chance; or once, at the n-th attempt of the lab. */
export type Occasion = { readonly rate: number } | { readonly nth: number };

export type FaultRule = Occasion & { readonly kind: FaultKind };

/** `lost-reply`, `lost-reply:0.05` or `lost-reply@3`: at the first attempt, of one in twenty, at the third. */
export function readFault(text: string): FaultRule {
  const [, name = '', mark, number = ''] = /^([a-z-]+)(?:([:@])(.*))?$/.exec(text) ?? [];
  const kind = faultKinds.find((known) => known === name);
  if (kind === undefined) {
    throw new Error(`--fault "${text}": there is no fault "${name}"; there are ${faultKinds.join(', ')}`);
  }
  const value = Number(number);
  if (mark === undefined) return { kind, nth: 1 };
  if (mark === ':' && number !== '' && value >= 0 && value <= 1) return { kind, rate: value };
  if (mark === '@' && Number.isInteger(value) && value >= 1) return { kind, nth: value };
  throw new Error(`--fault "${text}": write ${kind}:0.05 for a rate, ${kind}@3 for the third attempt`);
}

/** Which attempt meets which faults: the same seed and the same attempts meet the same again. */
export class FaultPlan {
  readonly #met = new Map<string, ReadonlySet<FaultKind>>();
  #attempts = 0;

  constructor(
    private readonly seed: string,
    private readonly rules: readonly FaultRule[],
  ) {}

  /** The first time an attempt is asked about it is counted. */
  of(assignment: Assignment): ReadonlySet<FaultKind> {
    const known = this.#met.get(assignment.attemptId);
    if (known) return known;
    this.#attempts += 1;
    const met = new Set(this.rules.filter((rule) => this.#comes(rule, assignment)).map(({ kind }) => kind));
    this.#met.set(assignment.attemptId, met);
    return met;
  }

  /** Whether it comes at all, for what happens outside of attempts. */
  includes(kind: FaultKind): boolean {
    return this.rules.some((rule) => rule.kind === kind && ('nth' in rule || rule.rate > 0));
  }

  ofId(attemptId: string): ReadonlySet<FaultKind> {
    return this.#met.get(attemptId) ?? new Set();
  }

  #comes(rule: FaultRule, assignment: Assignment): boolean {
    if ('nth' in rule) return rule.nth === this.#attempts;
    // What breaks the instrument breaks it at every try.
    const who = rule.kind === 'poison' ? { ...assignment, fence: 0 } : assignment;
    return drawsOf(this.seed, who).split(`fault/${rule.kind}`).uniform() < rule.rate;
  }
}
