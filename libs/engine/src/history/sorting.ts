import type { Campaign, PastExperiment, PastMeasurement } from '@ionloop/domain';
import { askedOf, pastExperimentId, teachesFeasibility } from '@ionloop/domain';
import type { RecordReader } from '../ports.js';
import { OwnNumbers } from './own-numbers.js';
import { pointKeys } from './point-key.js';
import type { GoodRow } from './read-row.js';
import type { Tally } from './report.js';
import { type Mark, markInHand, markOf, Seen, withNumber } from './seen.js';

/** A further value of an experiment that has a number already. */
export interface NumberedReplicate extends PastMeasurement {
  readonly number: number;
}

/** What fits into one event. */
export interface Portion {
  readonly experiments: readonly PastExperiment[];
  readonly replicates: readonly NumberedReplicate[];
}

/** What a row comes to. */
export type Sorted = 'experiment' | 'failure' | 'replicate' | 'duplicate';

type Growing = Omit<PastExperiment, 'values'> & { readonly values: PastMeasurement[] };

/** So many experiments are looked through before others get their turn. */
const pageSize = 500;

/**
 * Tells new experiments from replicates and from what is known already, over the whole of a table and the campaign, in a
 * few bytes a row. What it was given is a portion until somebody says from which number on its experiments are.
 */
export class Sorting {
  /** Points, with the number of the experiment that has it. */
  private readonly points = new Seen({ numbered: true });
  /** What is known of them: a value, a failure. */
  private readonly facts = new Seen({ numbered: false });
  /** Points of the portion, with the place of their experiment in it. */
  private readonly fresh = new Map<string, number>();
  private readonly own = new OwnNumbers();
  private experiments: Growing[] = [];
  private replicates: NumberedReplicate[] = [];

  constructor(
    private readonly campaign: Campaign,
    private readonly importId: string,
    private readonly keepDuplicates: boolean,
  ) {}

  /** Takes in what the campaign has had results of. */
  async know(read: RecordReader): Promise<void> {
    const { id: campaignId, space } = this.campaign;
    const asked = new Set(askedOf(this.campaign).map(({ property }) => property));
    const keyOf = pointKeys(space);
    for (let after = 0; ;) {
      const page = await read.experiments(campaignId, {}, { first: pageSize, after });
      for (const { id, point, state, number, results } of page) {
        if (id === pastExperimentId(this.importId, number)) this.own.add(number, 1);
        if (state !== 'accepted' && !teachesFeasibility(state)) continue;
        const mark = markOf(keyOf(point));
        if (state === 'accepted') this.points.set(mark, number);
        else this.facts.add(endedAs(mark, state));
        for (const { property, value } of results) if (asked.has(property)) this.note(mark, property, value);
      }
      after = page.at(-1)?.number ?? after;
      if (page.length < pageSize) return;
    }
  }

  /** Of a row, what is not known yet; a row that says nothing new is a duplicate. */
  take(row: GoodRow, tally: Tally): Sorted {
    const { key, values, outcome, line, outside } = row;
    const mark = markOf(key, undefined, inHand.point);
    if (outside !== undefined) tally.outside += 1;
    const measured = this.freshOf(mark, values);
    if (values.length === 0 ? !this.isNew(endedAs(mark, outcome)) : measured.length === 0) {
      tally.addDuplicate(line);
      return 'duplicate';
    }
    if (values.length === 0) this.facts.add(endedAs(mark, outcome));
    for (const one of measured) {
      const property = this.propertyOf(one);
      tally.measurements += 1;
      this.facts.add(factOf(mark, property, one.value));
      if (this.facts.add(hasOf(mark, property))) tally.replicates += 1;
    }
    if (measured.length > 0) {
      if (this.addReplicates(key, mark, measured)) return 'replicate';
      this.fresh.set(key, this.experiments.length);
    }
    tally.experiments += 1;
    if (outcome !== 'measured') tally.failures += 1;
    this.experiments.push(growing(row, measured));
    return outcome === 'measured' ? 'experiment' : 'failure';
  }

  /** Most rows say nothing that is known: their values are taken as they are. */
  private freshOf(mark: Mark, values: readonly PastMeasurement[]): PastMeasurement[] {
    const fresh: PastMeasurement[] = [];
    for (const one of values) {
      if (this.isNew(factOf(mark, this.propertyOf(one), one.value))) fresh.push(one);
    }
    return fresh;
  }

  private isNew(fact: Mark): boolean {
    return this.keepDuplicates || !this.facts.has(fact);
  }

  private note(mark: Mark, property: string, value: number): void {
    this.facts.add(factOf(mark, property, value));
    this.facts.add(hasOf(mark, property));
  }

  private propertyOf({ of }: PastMeasurement): string {
    return of?.property ?? this.campaign.objectives[0].property;
  }

  get size(): number {
    return this.experiments.length + this.replicates.length;
  }

  /** What was taken since the last was settled. */
  get portion(): Portion {
    return { experiments: this.experiments, replicates: this.replicates };
  }

  /** The portion's experiments have numbers from this one on: another begins. */
  settle(first: number): void {
    for (const [key, place] of this.fresh) this.points.set(markOf(key), first + place);
    this.own.add(first, this.experiments.length);
    this.fresh.clear();
    this.experiments = [];
    this.replicates = [];
  }

  /** Of an experiment of this import; null where it was there before, or came meanwhile. */
  ownId(number: number): string | null {
    return this.own.has(number) ? pastExperimentId(this.importId, number) : null;
  }

  private addReplicates(key: string, mark: Mark, measured: readonly PastMeasurement[]): boolean {
    const place = this.fresh.get(key);
    const here = place === undefined ? undefined : this.experiments[place];
    if (here) {
      here.values.push(...measured);
      return true;
    }
    const number = this.points.get(mark);
    if (number !== null) for (const one of measured) this.replicates.push({ ...one, number });
    return number !== null;
  }
}

/** Only what is there is kept: each takes room, of each of thousands. */
function growing({ line, point, outcome, note, outside }: GoodRow, values: PastMeasurement[]): Growing {
  const measured = outcome === 'measured';
  if (measured && outside === undefined) {
    return note === null ? { line, point, values } : { line, point, note, values };
  }
  return {
    line,
    point,
    ...(measured ? {} : { outcome }),
    ...(note === null ? {} : { note }),
    ...(outside === undefined ? {} : { outside }),
    values,
  };
}

const inHand = { point: markInHand(), fact: markInHand() };

/** Marks that no key of a point goes on with tell them apart. Each is used before the next is made. */
const factOf = (mark: Mark, property: string, value: number): Mark =>
  withNumber(markOf(marked(1, property), mark, inHand.fact), value, inHand.fact);
const hasOf = (mark: Mark, property: string): Mark => markOf(marked(2, property), mark, inHand.fact);
const endedAs = (mark: Mark, outcome: string): Mark => markOf(`\u0003${outcome}`, mark, inHand.fact);

/** Of the few properties that a campaign asks for, each text is made once. */
const markedProperties = new Map<string, readonly [fact: string, has: string]>();

function marked(which: 1 | 2, property: string): string {
  let texts = markedProperties.get(property);
  if (texts === undefined) {
    texts = [`\u0001${property}`, `\u0002${property}`];
    markedProperties.set(property, texts);
  }
  return texts[which - 1] as string;
}
