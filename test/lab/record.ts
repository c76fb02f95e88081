import type { RecordedEvent } from '@ionloop/domain';
import type { Client } from 'pg';

type Column = string | number | boolean | null;
export interface Timed {
  readonly id: string;
  readonly state: string;
  readonly waiting_kind: string | null;
  readonly waiting_owner: string | null;
  readonly waiting_deadline: string | null;
}
export interface ExperimentOnDisk extends Timed {
  readonly number: number;
  readonly fence: number;
  readonly spec_hash: string;
  readonly approved_spec_hash: string | null;
}
export interface AttemptOnDisk extends Timed {
  readonly experiment_id: string;
  readonly station_id: string;
  readonly boot_id: string;
  readonly fence: number;
  readonly spec_hash: string;
  readonly started_at: string | null;
}
export interface MeasurementOnDisk {
  readonly id: string;
  readonly attempt_id: string | null;
  readonly value: number;
  readonly status: string;
}
export interface AnswerOnDisk {
  readonly scope: string;
  readonly key: string;
  readonly response: unknown;
}

/** Everything that the database holds of one campaign, as of one moment. */
export interface RecordOnDisk {
  readonly campaign: Readonly<Record<string, unknown>> & Timed;
  readonly experiments: readonly ExperimentOnDisk[];
  readonly attempts: readonly AttemptOnDisk[];
  readonly measurements: readonly MeasurementOnDisk[];
  readonly attachments: readonly (Readonly<Record<string, Column>> & { readonly id: string })[];
  readonly models: readonly (Readonly<Record<string, Column>> & { readonly plan_id: string })[];
  readonly plans: readonly (Readonly<Record<string, Column>> & { readonly based_on_seq: number })[];
  readonly leases: readonly { readonly attempt_id: string; readonly deadline: string }[];
  readonly answers: readonly AnswerOnDisk[];
  /** What the view says; empty, or I5 is broken. */
  readonly forgotten: readonly { readonly kind: string; readonly id: string; readonly why: string }[];
  readonly partials: readonly { readonly attempt_id: string; readonly seq: number }[];
  /** Those after the event that was asked for. */
  readonly events: readonly RecordedEvent[];
}

const of = (table: string, where = 'campaign_id = $1', order = 'id'): string =>
  `(SELECT coalesce(json_agg(t ORDER BY ${order}), '[]') FROM ${table} t WHERE ${where})`;

const statement = {
  name: 'record-on-disk',
  text: `SELECT
    (SELECT row_to_json(t) FROM campaign t WHERE id = $1) AS campaign,
    ${of('experiment')} AS experiments,
    ${of('attempt')} AS attempts,
    ${of('measurement')} AS measurements,
    ${of('attachment')} AS attachments,
    ${of('model')} AS models,
    ${of('plan')} AS plans,
    ${of('lease', 'campaign_id = $1', 'attempt_id')} AS leases,
    ${of('remembered_answer', 'campaign_id = $1', 'key')} AS answers,
    ${of('forgotten')} AS forgotten,
    ${of('partial', 'attempt_id IN (SELECT id FROM attempt WHERE campaign_id = $1)', 'seq')} AS partials,
    ${of('event', 'campaign_id = $1 AND seq > $2', 'seq')} AS events`,
};

interface EventOnDisk {
  readonly campaign_id: string;
  readonly seq: number;
  readonly at: string;
  readonly actor_kind: 'person' | 'station' | 'loop';
  readonly actor_name: string;
  readonly actor_via: RecordedEvent['actor']['via'] | null;
  readonly event: RecordedEvent['event'];
  readonly prev_hash: string;
  readonly hash: string;
}

/** One statement, hence one snapshot. */
export async function readRecord(
  client: Client,
  campaignId: string,
  afterSeq: number,
): Promise<RecordOnDisk> {
  const { rows } = await client.query<
    Omit<RecordOnDisk, 'events'> & { readonly events: readonly EventOnDisk[] }
  >({
    ...statement,
    values: [campaignId, afterSeq],
  });
  const [row] = rows;
  if (!row?.campaign) throw new Error(`campaign ${campaignId} is gone`);
  return {
    ...row,
    events: row.events.map(({ campaign_id, at, actor_kind, actor_name, actor_via, prev_hash, ...rest }) => ({
      ...rest,
      campaignId: campaign_id,
      at: new Date(at).toISOString(),
      actor: { kind: actor_kind, name: actor_name, ...(actor_via && { via: actor_via }) },
      prevHash: prev_hash,
    })),
  };
}
