import type { Attachment } from './artifact.js';
import type { Attempt } from './attempt.js';
import type { Campaign } from './campaign.js';
import { IonloopError } from './errors.js';
import type { Experiment } from './experiment.js';
import type { Knowledge } from './knowledge.js';
import type { Measurement } from './measurement.js';
import type { Model, Plan } from './plan.js';

/** The rows of one campaign, by kind. */
export interface Rows {
  readonly campaign: Campaign;
  readonly experiment: Experiment;
  readonly attempt: Attempt;
  readonly measurement: Measurement;
  readonly attachment: Attachment;
  readonly plan: Plan;
  readonly model: Model;
  readonly knowledge: Knowledge;
}
export type RowKind = keyof Rows;
export const rowKinds: readonly RowKind[] = [
  'campaign',
  'experiment',
  'attempt',
  'measurement',
  'attachment',
  'plan',
  'model',
  'knowledge',
];

type Tables = { [K in RowKind]: Map<string, Rows[K]> };
const emptyTables = (): Tables => ({
  campaign: new Map(),
  experiment: new Map(),
  attempt: new Map(),
  measurement: new Map(),
  attachment: new Map(),
  plan: new Map(),
  model: new Map(),
  knowledge: new Map(),
});

type Sets = { readonly [K in RowKind]: Set<string> };
const emptySets = (): Sets => ({
  campaign: new Set(),
  experiment: new Set(),
  attempt: new Set(),
  measurement: new Set(),
  attachment: new Set(),
  plan: new Set(),
  model: new Set(),
  knowledge: new Set(),
});

/**
 * A campaign's rows as far as they are at hand: all of them when a log is replayed, those that were loaded when a use
 * case runs. Remembers what was changed, so that a store writes just that.
 */
export class CampaignRecord {
  private readonly tables = emptyTables();
  private readonly changed = emptySets();
  private readonly added = emptySets();

  /** Takes in a row as the store has it; one that was changed here since is kept as it is. */
  load<K extends RowKind>(kind: K, row: Rows[K]): Rows[K] {
    const known = this.tables[kind].get(row.id);
    if (known) return known;
    this.tables[kind].set(row.id, row);
    return row;
  }

  put<K extends RowKind>(kind: K, row: Rows[K]): void {
    if (!this.tables[kind].has(row.id)) this.added[kind].add(row.id);
    this.tables[kind].set(row.id, row);
    this.changed[kind].add(row.id);
  }

  find<K extends RowKind>(kind: K, id: string): Rows[K] | undefined {
    return this.tables[kind].get(id);
  }

  get<K extends RowKind>(kind: K, id: string): Rows[K] {
    const row = this.find(kind, id);
    if (!row) throw new IonloopError('RECORD_CORRUPT', `an event names ${kind} ${id}, which is not at hand`);
    return row;
  }

  all<K extends RowKind>(kind: K): readonly Rows[K][] {
    return [...this.tables[kind].values()];
  }

  changes<K extends RowKind>(kind: K): readonly Rows[K][] {
    return [...this.changed[kind]].map((id) => this.get(kind, id));
  }

  /** Of what was changed, what was not there before. */
  isNew(kind: RowKind, id: string): boolean {
    return this.added[kind].has(id);
  }

  get campaign(): Campaign {
    const [campaign] = this.tables.campaign.values();
    if (!campaign) throw new IonloopError('RECORD_CORRUPT', 'the record has no campaign yet');
    return campaign;
  }
}
