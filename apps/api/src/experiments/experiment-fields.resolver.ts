import { type Lease, type Point, priceOf } from '@ionloop/domain';
import { valueOfResults, valuesOf } from '@ionloop/engine';
import { Inject } from '@nestjs/common';
import { Float, ResolveField, Resolver } from '@nestjs/graphql';
import type { OperationContext } from '../graphql/context.js';
import { DateTimeScalar } from '../graphql/scalars.js';
import { StationView, stationView } from '../stations/station.view.js';
import { AttemptView, attemptView } from './attempt.view.js';
import { ExperimentValueView, ExperimentView } from './experiment.view.js';
import { GroundsView, groundsView } from './grounds.view.js';
import { MeasurementView } from './measurement.view.js';
import { Spaces } from './spaces.js';
import type { Data } from '../graphql/data.js';

@Resolver(() => ExperimentView)
export class ExperimentFieldsResolver {
  constructor(@Inject(Spaces) private readonly spaces: Spaces) {}

  @ResolveField(() => String, {
    description: 'The point in words: Li3PO4 25 % · Li3BO3 14 % · Li2SO4 61 %.',
  })
  async label(
    { campaignId, point }: Data<ExperimentView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<string> {
    const campaign = await loaders.campaign.load(campaignId);
    return campaign ? this.spaces.of(campaign).describe(point as Point) : '';
  }

  @ResolveField(() => GroundsView, {
    nullable: true,
    description: 'Null where no model had a say, and of plans made before grounds were kept.',
  })
  async grounds(
    { campaignId, kept }: Data<ExperimentView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<Data<GroundsView> | null> {
    const campaign = kept === null ? null : await loaders.campaign.load(campaignId);
    if (kept === null || !campaign) return null;
    const space = this.spaces.of(campaign);
    return groundsView(kept, (point) => space.describe(point));
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'The strategy that the campaign had when it was proposed; null where a person added it.',
  })
  async strategy(
    { planId }: Data<ExperimentView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<string | null> {
    return planId === null ? null : ((await loaders.plan.load(planId))?.strategy.name ?? null);
  }

  @ResolveField(() => Float, {
    nullable: true,
    description:
      "The accepted value of the first objective in its unit (mean of replicates, on the models' scale).",
  })
  async value(
    experiment: Data<ExperimentView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<number | null> {
    if (experiment.results.length === 0) return null;
    const campaign = await loaders.campaign.load(experiment.campaignId);
    return campaign && (valueOfResults(experiment.results, campaign.objectives[0])?.value ?? null);
  }

  @ResolveField(() => [ExperimentValueView], {
    description:
      'Of each property that was asked for and has an accepted result: objectives first, then limits.',
  })
  async values(
    experiment: Data<ExperimentView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<readonly Data<ExperimentValueView>[]> {
    if (experiment.results.length === 0) return [];
    const campaign = await loaders.campaign.load(experiment.campaignId);
    return campaign ? valuesOf(experiment.results, campaign) : [];
  }

  @ResolveField(() => Float, {
    nullable: true,
    description: 'What it costs, where the campaign says so.',
  })
  async cost(
    { campaignId, point }: Data<ExperimentView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<number | null> {
    const cost = (await loaders.campaign.load(campaignId))?.cost;
    return cost === undefined ? null : priceOf(cost, point as Point);
  }

  @ResolveField(() => [AttemptView])
  async attempts(
    { id }: Data<ExperimentView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<readonly Data<AttemptView>[]> {
    return (await loaders.attempts.load(id)).map(attemptView);
  }

  @ResolveField(() => [MeasurementView])
  measurements(
    experiment: Data<ExperimentView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<readonly Data<MeasurementView>[]> {
    return loaders.measurements.load(experiment.id);
  }
}

@Resolver(() => AttemptView)
export class AttemptFieldsResolver {
  @ResolveField(() => StationView, { nullable: true })
  async station(
    { stationId }: Data<AttemptView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<Data<StationView> | null> {
    const station = await loaders.station.load(stationId);
    return station && stationView(station);
  }

  @ResolveField(() => String, { nullable: true })
  async stage({ id }: Data<AttemptView>, _args: unknown, context: OperationContext): Promise<string | null> {
    return (await leaseOf(context, id))?.stage ?? null;
  }

  @ResolveField(() => Float, { nullable: true })
  async progress(
    { id }: Data<AttemptView>,
    _args: unknown,
    context: OperationContext,
  ): Promise<number | null> {
    return (await leaseOf(context, id))?.progress ?? null;
  }

  @ResolveField(() => DateTimeScalar, { nullable: true })
  async lastSeenAt(
    { id }: Data<AttemptView>,
    _args: unknown,
    context: OperationContext,
  ): Promise<string | null> {
    return (await leaseOf(context, id))?.lastSeen.toISOString() ?? null;
  }
}

const leaseOf = ({ loaders }: OperationContext, attemptId: string): Promise<Lease | null> =>
  loaders.lease.load(attemptId);
