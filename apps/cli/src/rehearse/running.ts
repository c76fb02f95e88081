import { planRequestOf } from '@ionloop/engine';
import { Failure } from '../failure.js';
import { idOf } from '../launch/named-campaign.js';
import { withRecord } from '../launch/record.js';
import type { AskedCampaign } from '../propose/request.js';
import { readSettings } from '../settings.js';
import type { Terminal } from '../terminal.js';

/** What the planner would be asked by a campaign of the record, whatever it is doing; nothing is written. */
export function runningRequest(wanted: string, seed: string, terminal: Terminal): Promise<AskedCampaign> {
  return withRecord(readSettings(terminal), async ({ store: { read } }) => {
    const snapshot = await read.planningSnapshot(await idOf(read, wanted));
    if (snapshot === null) throw new Failure(`there is no campaign "${wanted}"`);
    const { campaign } = snapshot;
    const { budget, parallel } = campaign;
    // As if it were to plan now, with all that is open under way.
    const asked = planRequestOf({
      ...snapshot,
      campaign: { ...campaign, state: 'active', proposing: true, budget: Infinity, parallel: Infinity },
    });
    if (asked === null) throw new Failure(`the campaign "${wanted}" cannot be planned`);
    // The past counts as experience and not as spent.
    const past = snapshot.experiments.filter(({ origin }) => origin === 'history').length;
    return { request: { ...asked, seed, count: parallel }, budget: budget + past, parallel };
  });
}
