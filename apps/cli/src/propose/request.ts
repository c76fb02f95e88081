import { type CampaignCost, limitsOf, type Observation, type PlanRequest, priceOf } from '@ionloop/domain';
import { openSpace } from '@ionloop/space';
import { readCampaign, unlimited } from './campaign-file.js';
import { readKnowledge } from './knowledge-file.js';
import { readResults } from './results-file.js';

export interface AskedFiles {
  readonly campaign: string;
  readonly data?: string;
  /** Tables of results from elsewhere, each a source of its own. */
  readonly knowledge?: readonly string[];
  readonly count: number;
  readonly seed: string;
}

export interface AskedCampaign {
  readonly request: PlanRequest;
  /** How many experiments there may be in all; null where the campaign does not say. */
  readonly budget: number | null;
  /** How many experiments at a time. */
  readonly parallel: number;
}

/** What the planner is asked by a campaign file and a file of results. */
export async function readRequest({
  campaign: file,
  data,
  knowledge = [],
  count,
  seed,
}: AskedFiles): Promise<AskedCampaign> {
  const campaign = await readCampaign(file);
  const { space, objectives, cost, strategy, budget, parallel } = campaign;
  const constraints = limitsOf(campaign);
  const observations = data === undefined ? [] : readResults(data, campaign, openSpace(space));
  const request = {
    space,
    objectives,
    ...(constraints.length > 0 && { constraints }),
    ...(cost && { cost: { ...cost, spent: spentOn(cost, observations) } }),
    strategy,
    seed,
    count,
    experimentsSoFar: observations.length,
    observations: [...observations, ...(await readKnowledge(knowledge, campaign))],
    failures: [],
    pending: [],
  };
  return { request, budget: budget < unlimited ? budget : null, parallel };
}

const spentOn = (cost: CampaignCost, observations: readonly Observation[]): number =>
  observations.reduce((sum, { point }) => sum + Math.max(0, priceOf(cost, point)), 0);
