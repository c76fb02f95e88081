import type { CampaignTransaction } from '@ionloop/engine';
import {
  appendPartial,
  claim,
  heartbeat,
  reconcile,
  registerStation,
  startAttempt,
  submit,
} from '@ionloop/engine';

/** What the stations and the loop call; a mutant replaces one, or looks at the record through broken glasses. */
export interface Verbs {
  readonly register: typeof registerStation;
  readonly claim: typeof claim;
  readonly start: typeof startAttempt;
  readonly heartbeat: typeof heartbeat;
  readonly append: typeof appendPartial;
  readonly submit: typeof submit;
  readonly look: typeof reconcile;
  readonly decorate: (tx: CampaignTransaction) => CampaignTransaction;
}

export const soundVerbs: Verbs = {
  register: registerStation,
  claim,
  start: startAttempt,
  heartbeat,
  append: appendPartial,
  submit,
  look: reconcile,
  decorate: (tx) => tx,
};
