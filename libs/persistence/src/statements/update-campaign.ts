import type { CampaignProgress } from '../rows/campaign.js';
import type { PreparedQuery } from './prepared.js';

const statement = {
  name: 'update-campaign',
  text: `
    UPDATE campaign SET
      state = $2, proposing = $3, dispatch = $4, data_revision = $5, plans = $6, experiments = $7,
      head_seq = $8, head_hash = $9, waiting_kind = $10, waiting_since = $11, waiting_deadline = $12,
      waiting_owner = $13, waiting_escalations = $14, waiting_note = $15, asked = $16
    WHERE id = $1`,
};

export const updateCampaign = (id: string, to: CampaignProgress): PreparedQuery => ({
  ...statement,
  values: [
    id,
    to.state,
    to.proposing,
    to.dispatch,
    to.dataRevision,
    to.plans,
    to.experiments,
    to.headSeq,
    to.headHash,
    to.waitingKind,
    to.waitingSince,
    to.waitingDeadline,
    to.waitingOwner,
    to.waitingEscalations,
    to.waitingNote,
    to.asked,
  ],
});
