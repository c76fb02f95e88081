import type { Campaign, Measurement, PastExperiment, PastReplicate } from '@ionloop/domain';
import { pastExperimentId, teachesFeasibility } from '@ionloop/domain';
import { experimentsInFull } from '../export/pages.js';
import type { RecordReader } from '../ports.js';
import { pointKeys } from './point-key.js';
import type { GoodRow } from './read-row.js';
import type { Tally } from './report.js';
import { Seen } from './seen.js';

/** What fits into one event. */
export interface Portion {
  readonly first: number;
  readonly experiments: readonly PastExperiment[];
  readonly replicates: readonly PastReplicate[];
}

type Growing = Omit<PastExperiment, 'values'> & { readonly values: PastExperiment['values'][number][] };

/**
 * Tells new experiments from replicates and from what is known already, over the whole of a table and the campaign, in a
 * few bytes a row.
 */
export class Sorting {
  /** Points, with the number of the experiment that has it. */
  private readonly points = new Seen();
  /** What is known of them: a value, a failure. */
  private readonly facts = new Seen();
  private experiments: Growing[] = [];
  private replicates: PastReplicate[] = [];
  private first: number;

  constructor(
    private readonly campaign: Campaign,
    private readonly importId: string,
    private readonly tally: Tally,
    private readonly options: {
      readonly keepDuplicates: boolean;
      readonly idOf: (number: number) => Promise<string>;
    },
  ) {
    this.first = campaign.experiments + 1;
  }

  /** Takes in what the campaign has had results of. */
  async know(read: RecordReader): Promise<void> {
    const { space, objectives } = this.campaign;
    const keyOf = pointKeys(space);
    for await (const { experiment, measurements } of experimentsInFull(read, this.campaign.id)) {
      const { point, state, number } = experiment;
      if (state !== 'accepted' && !teachesFeasibility(state)) continue;
      const key = keyOf(point);
      if (state === 'accepted') this.points.set(key, number);
      else this.facts.set(`${key} ${state}`, number);
      for (const measurement of measurements.filter(isUsed(objectives[0].property))) {
        this.facts.set(`${key} ${measurement.value}`, number);
      }
    }
  }

  async take(row: GoodRow): Promise<void> {
    const { tally } = this;
    const { key, value, outcome, line, point, note } = row;
    const fact = `${key} ${value === null ? outcome : value.value}`;
    if (!this.options.keepDuplicates && this.facts.get(fact) !== null) {
      tally.addDuplicate(line);
      return;
    }
    const known = value === null ? null : this.points.get(key);
    const number = known ?? this.first + this.experiments.length;
    this.facts.set(fact, number);
    if (value !== null) tally.measurements += 1;
    if (known !== null && value !== null) {
      tally.replicates += 1;
      const here = this.experiments[known - this.first];
      if (here) here.values.push({ ...value, line });
      else this.replicates.push({ ...value, line, experimentId: await this.idOf(known) });
      return;
    }
    if (value !== null) this.points.set(key, number);
    if (outcome !== 'measured') tally.failures += 1;
    tally.experiments += 1;
    this.experiments.push({
      line,
      point,
      ...(outcome === 'measured' ? {} : { outcome }),
      ...(note === null ? {} : { note }),
      values: value === null ? [] : [{ ...value, line }],
    });
  }

  get size(): number {
    return this.experiments.length + this.replicates.length;
  }

  /** What was taken since it was last asked. */
  portion(): Portion {
    const { first, experiments, replicates } = this;
    this.first += experiments.length;
    this.experiments = [];
    this.replicates = [];
    return { first, experiments, replicates };
  }

  private idOf(number: number): Promise<string> {
    return number > this.campaign.experiments
      ? Promise.resolve(pastExperimentId(this.importId, number))
      : this.options.idOf(number);
  }
}

const isUsed =
  (wanted: string) =>
  ({ property, status }: Measurement): boolean =>
    property === wanted && status === 'accepted';
