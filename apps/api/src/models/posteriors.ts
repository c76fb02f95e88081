import type { Campaign, Json, Model } from '@ionloop/domain';
import type { Jobs } from '@ionloop/jobs';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { Spaces } from '../experiments/spaces.js';
import { isJson } from '../graphql/json.js';
import type { Loaders } from '../graphql/loaders.js';
import { Recent, remembered } from '../graphql/recent.js';

export interface Posterior {
  readonly modelId: string;
  readonly points: readonly Json[];
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

const timeoutMs = 10_000;

/** Maps of the latest models. A worker draws them; the same model at the same resolution is drawn once. */
export class Posteriors {
  private readonly recent = new Recent<Promise<Posterior | null>>(32);

  constructor(
    private readonly jobs: Pick<Jobs, 'ask'>,
    private readonly spaces: Spaces,
    private readonly log: Logger,
  ) {}

  async of(
    campaign: Campaign,
    resolution: number,
    loaders: Pick<Loaders, 'latestModel' | 'plan'>,
  ): Promise<Posterior | null> {
    const model = await loaders.latestModel.load(campaign.id);
    if (!model || this.spaces.of(campaign).grid(2) === null) return null;
    if (await this.isOfAnotherSpace(campaign, model, loaders)) return null;
    return remembered(this.recent, `${model.id}/${resolution}`, () => this.ask(campaign.id, resolution));
  }

  /** A model that was fitted before the space or the goal was changed says nothing of the campaign as it is now. */
  private async isOfAnotherSpace(
    { plansBefore }: Campaign,
    { planId }: Model,
    { plan: plans }: Pick<Loaders, 'plan'>,
  ): Promise<boolean> {
    if (plansBefore === 0) return false;
    const plan = await plans.load(planId);
    return plan === null || plan.number <= plansBefore;
  }

  private async ask(campaignId: string, resolution: number): Promise<Posterior | null> {
    try {
      return posteriorIn(await this.jobs.ask('posterior', { campaignId, resolution }, { timeoutMs }));
    } catch (error) {
      this.log.warn({ err: error, campaignId }, 'no worker drew the map');
      throw new GraphQLError(`No worker drew the map within ${timeoutMs / 1000} s; try again in a while`, {
        extensions: { code: 'POSTERIOR_UNAVAILABLE' },
      });
    }
  }
}

function posteriorIn(answer: unknown): Posterior | null {
  if (answer === null || answer === undefined) return null;
  if (
    typeof answer === 'object' &&
    'modelId' in answer &&
    'points' in answer &&
    'mean' in answer &&
    'sd' in answer
  ) {
    const { modelId, points, mean, sd } = answer;
    if (
      typeof modelId === 'string' &&
      isListOf(points, isJson) &&
      isListOf(mean, isNumber) &&
      isListOf(sd, isNumber)
    ) {
      return { modelId, points, mean, sd };
    }
  }
  throw new TypeError('the worker answered with something that is no posterior');
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isListOf = <T>(value: unknown, is: (member: unknown) => member is T): value is readonly T[] =>
  Array.isArray(value) && value.every(is);
