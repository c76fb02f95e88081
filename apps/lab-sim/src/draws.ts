import type { Assignment } from '@ionloop/lab-client';
import { Philox } from '@ionloop/linalg';

/** The chance of one attempt: the same seed, campaign, experiment and fence give the same sample again. */
export const drawsOf = (
  seed: string,
  { campaignId, experimentNumber, fence }: Pick<Assignment, 'campaignId' | 'experimentNumber' | 'fence'>,
): Philox => Philox.fromSeed(`${seed}/${campaignId}/${experimentNumber}/${fence}`);
