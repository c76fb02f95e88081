import {
  apply,
  canonicalJson,
  CampaignRecord,
  checkChain,
  emptyLog,
  type Experiment,
  type LogHead,
  type RecordedEvent,
  type Waiting,
} from '@ionloop/domain';
import { trainingHash } from '@ionloop/engine';
import type { RecordOnDisk } from './record.js';

/** The rows that the log gives, followed event by event; what it says of them is compared with the tables. */
export class Replayed {
  readonly events: RecordedEvent[] = [];
  readonly record = new CampaignRecord();
  /** After which event the accepted set had which hash. */
  private readonly trainingSets: { readonly seq: number; readonly hash: string }[] = [];
  private head: LogHead = emptyLog;

  get seq(): number {
    return this.head.seq;
  }

  follow(events: readonly RecordedEvent[]): void {
    this.head = checkChain(events, this.head);
    for (const event of events) {
      apply(this.record, event);
      this.events.push(event);
      if (/^(attempt|measurement)[.]/.test(event.event.type)) this.noteTrainingSet(event.seq);
    }
  }

  trainingHashAt(seq: number): string {
    return this.trainingSets.findLast((set) => set.seq <= seq)?.hash ?? trainingHash([]);
  }

  /** The tables that differ from the log, row by row. */
  differences(disk: RecordOnDisk): readonly string[] {
    const { record } = this;
    return [
      ...compare('campaign', [record.campaign].map(withWaiting), [disk.campaign]),
      ...compare('experiment', record.all('experiment').map(experimentAsRow), disk.experiments),
      ...compare('attempt', record.all('attempt').map(withWaiting), disk.attempts),
      ...compare('measurement', record.all('measurement').map(flat), disk.measurements),
      ...compare('attachment', record.all('attachment').map(flat), disk.attachments),
      ...compare('plan', record.all('plan').map(flat), disk.plans),
      ...compare('model', record.all('model').map(flat), disk.models),
    ];
  }

  private noteTrainingSet(seq: number): void {
    const accepted = this.record.all('measurement').filter(({ status }) => status === 'accepted');
    const hash = trainingHash(accepted);
    if (this.trainingSets.at(-1)?.hash !== hash) this.trainingSets.push({ seq, hash });
  }
}

type Row = Readonly<Record<string, unknown>>;

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const flat = (row: object): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [snake(name), value as unknown]));

const withWaiting = ({ waiting, ...rest }: object & { readonly waiting: Waiting | null }): Row => ({
  ...flat(rest),
  waiting_kind: waiting?.kind ?? null,
  waiting_since: waiting?.since ?? null,
  waiting_deadline: waiting?.deadline ?? null,
  waiting_owner: waiting?.owner ?? null,
  waiting_escalations: waiting?.escalations ?? null,
  waiting_note: waiting?.note ?? null,
});

const experimentAsRow = ({ prediction, acquisition, approval, ...rest }: Experiment): Row => ({
  ...withWaiting(rest),
  predicted_mean: prediction?.mean ?? null,
  predicted_sd: prediction?.sd ?? null,
  acquisition_name: acquisition?.name ?? null,
  acquisition_value: acquisition?.value ?? null,
  approved_by: approval?.by ?? null,
  approved_at: approval?.at ?? null,
  approved_spec_hash: approval?.specHash ?? null,
});

function compare(table: string, replayed: readonly Row[], kept: readonly object[]): readonly string[] {
  const rest = new Map(kept.map((row) => [(row as Row)['id'], row as Row]));
  const faults = replayed.flatMap((row) => {
    const now = rest.get(row['id']);
    rest.delete(row['id']);
    if (!now) return [`${table} ${String(row['id'])} is in the log and not in the table`];
    return Object.keys(row)
      .filter((column) => asText(row[column]) !== asText(now[column]))
      .map((column) => `${table} ${String(row['id'])}.${column} is not what the log says`);
  });
  return [...faults, ...[...rest.keys()].map((id) => `${table} ${String(id)} is in no log`)];
}

const instant = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/;
const asText = (value: unknown): string =>
  typeof value === 'string' && instant.test(value)
    ? new Date(value).toISOString()
    : canonicalJson(value ?? null);
