import type { CampaignProgress } from '../rows/campaign.js';
import type { PreparedQuery } from './prepared.js';

export interface Moment {
  /** The database's clock, read once the lock was had: nothing that was committed before is later. */
  readonly now: Date;
  /** Tells afterwards what became of this transaction, if the answer to its commit is lost. */
  readonly transactionId: string;
}

const statement = {
  name: 'lock-campaign',
  text: `
    WITH locked AS MATERIALIZED (
      SELECT state, proposing, dispatch, data_revision, plans, experiments, revision, plans_before, asked,
        head_seq, head_hash,
        waiting_kind, waiting_since, waiting_deadline, waiting_owner, waiting_escalations, waiting_note
      FROM campaign WHERE id = $1 FOR UPDATE
    )
    SELECT
      state, proposing, dispatch, data_revision AS "dataRevision", plans, experiments,
      revision, plans_before AS "plansBefore", asked, head_seq AS "headSeq", head_hash AS "headHash",
      waiting_kind AS "waitingKind", waiting_since AS "waitingSince", waiting_deadline AS "waitingDeadline",
      waiting_owner AS "waitingOwner", waiting_escalations AS "waitingEscalations", waiting_note AS "waitingNote",
      clock_timestamp() AS now, pg_current_xact_id()::text AS "transactionId"
    FROM locked`,
};

export type Locked = CampaignProgress & Moment;

/** Holds the campaign alone until the transaction ends. No row where there is no such campaign. */
export const lockCampaign = (id: string): PreparedQuery => ({ ...statement, values: [id] });
