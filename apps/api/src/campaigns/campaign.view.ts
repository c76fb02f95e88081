import type { Campaign, CampaignState, ExperimentState, Json, StrategySpec } from '@ionloop/domain';
import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { ExperimentView } from '../experiments/experiment.view.js';
import { ApprovalEnum, CampaignStateEnum, ExperimentStateEnum } from '../graphql/enums.js';
import { DateTimeScalar, JsonScalar } from '../graphql/scalars.js';
import { UserErrorView } from '../graphql/user-errors.js';
import type { Data } from '../graphql/data.js';
import { NodeView } from '../graphql/node.js';
import { costView, CostView, limitView, objectiveView, ObjectiveView, OutcomeLimitView } from './goals.js';

@ObjectType('StrategySettings', {
  description: 'What a strategy is told beside its name; null is what it does by itself.',
})
export class StrategySettingsView {
  @Field(() => String, { nullable: true, description: 'Where the initial design comes from.' })
  readonly design!: string | null;
  @Field(() => Float, { nullable: true, description: 'Standard deviations of optimism.' })
  readonly beta!: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'A parameter that is equal in all proposals of a plan.',
  })
  readonly shared!: string | null;
  @Field(() => String, { nullable: true, description: 'free, line or plate.' })
  readonly shape!: string | null;
  @Field(() => Int, { nullable: true, description: 'How often the planner may measure one point.' })
  readonly replicates!: number | null;
  @Field(() => String, { nullable: true, description: 'How results from elsewhere are learned from.' })
  readonly transfer!: string | null;
}

@ObjectType('ReviewPolicy')
export class ReviewPolicyView {
  @Field(() => Boolean, {
    description: 'Whoever made or changed a point by hand is not the one who approves it.',
  })
  readonly separate!: boolean;
  @Field(() => Int, { description: 'For how many experiments a rejected point is not proposed again.' })
  readonly rejectedFor!: number;
}

@ObjectType('Campaign', { implements: () => NodeView })
export class CampaignView {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => String) readonly description!: string;
  @Field(() => CampaignStateEnum) readonly state!: CampaignState;
  @Field(() => JsonScalar, { description: 'The design space as plain data: see docs on campaigns.' })
  readonly space!: Json;
  @Field(() => ObjectiveView, { description: 'The first of the objectives.' })
  readonly objective!: Data<ObjectiveView>;
  @Field(() => [ObjectiveView]) readonly objectives!: readonly Data<ObjectiveView>[];
  @Field(() => [OutcomeLimitView], { description: 'What other measured properties must keep to.' })
  readonly limits!: readonly Data<OutcomeLimitView>[];
  @Field(() => CostView, { nullable: true, description: 'Null where every experiment costs the same.' })
  readonly cost!: Data<CostView> | null;
  @Field(() => String) readonly strategy!: string;
  @Field(() => Int) readonly initial!: number;
  @Field(() => Int) readonly budget!: number;
  @Field(() => Int) readonly parallel!: number;
  @Field(() => ApprovalEnum) readonly approval!: Campaign['approval'];
  @Field(() => Boolean) readonly proposing!: boolean;
  @Field(() => Boolean) readonly dispatch!: boolean;
  @Field(() => Int) readonly dataRevision!: number;
  @Field(() => Int, { description: 'Grows with every change of the settings; 0 as it was created.' })
  readonly revision!: number;
  @Field(() => Int, { description: 'Proposals asked for beyond the rhythm that no plan has made yet.' })
  readonly asked!: number;
  @Field(() => StrategySettingsView) readonly settings!: Data<StrategySettingsView>;
  @Field(() => ReviewPolicyView) readonly review!: Data<ReviewPolicyView>;
  @Field(() => DateTimeScalar) readonly createdAt!: string;
}

export function campaignView(campaign: Campaign): Data<CampaignView> {
  const { id, name, description, state, budget, parallel, approval } = campaign;
  const { proposing, dispatch, dataRevision, createdAt, strategy, space, revision, asked } = campaign;
  return {
    ...{ id, name, description, state, budget, parallel, approval },
    ...{ proposing, dispatch, dataRevision, createdAt, revision, asked },
    settings: settingsView(strategy),
    review: campaign.review ?? { separate: false, rejectedFor: 0 },
    space: space as unknown as Json,
    objective: objectiveView(campaign.objectives[0]),
    objectives: campaign.objectives.map(objectiveView),
    limits: (campaign.limits ?? []).map(limitView),
    cost: campaign.cost ? costView(campaign.cost) : null,
    strategy: strategy.name,
    initial: strategy.initial,
  };
}

const settingsView = (strategy: StrategySpec): Data<StrategySettingsView> => ({
  design: strategy.design ?? null,
  beta: strategy.beta ?? null,
  shared: strategy.shared ?? null,
  shape: strategy.shape ?? null,
  replicates: strategy.replicates ?? null,
  transfer: strategy.transfer ?? null,
});

@ObjectType('StateCount')
export class StateCountView {
  @Field(() => ExperimentStateEnum) readonly state!: ExperimentState;
  @Field(() => Int) readonly count!: number;
}

@ObjectType('Waiting')
export class WaitingView {
  @Field(() => Int) readonly proposals!: number;
  @Field(() => Int) readonly suspects!: number;
  @Field(() => Int) readonly results!: number;
  @Field(() => Int) readonly quarantined!: number;
}

@ObjectType('BestResult')
export class BestResultView {
  @Field(() => ExperimentView) readonly experiment!: Data<ExperimentView>;
  @Field(() => Float) readonly value!: number;
}

@ObjectType('ProgressPoint', {
  description:
    "`value` in the unit of the first objective; `best` is the best so far that keeps all limits; prediction is what was expected before, on the models' scale.",
})
export class ProgressPointView {
  @Field(() => Int) readonly experimentNumber!: number;
  @Field(() => Float) readonly value!: number;
  @Field(() => Float, { nullable: true, description: 'Null before a result keeps all limits.' })
  readonly best!: number | null;
  @Field(() => Float, {
    nullable: true,
    description:
      'Of several objectives: the share of the box between the worst and the best of each that is beaten so far.',
  })
  readonly volume!: number | null;
  @Field(() => Float, { nullable: true }) readonly predictedMean!: number | null;
  @Field(() => Float, { nullable: true }) readonly predictedSd!: number | null;
  @Field(() => DateTimeScalar) readonly at!: string;
}

@ObjectType('CampaignTemplate')
export class CampaignTemplateView {
  @Field(() => String) readonly key!: string;
  @Field(() => String) readonly title!: string;
  @Field(() => String) readonly description!: string;
  @Field(() => JsonScalar) readonly input!: Json;
}

@ObjectType('CampaignPayload')
export class CampaignPayload {
  @Field(() => CampaignView, { nullable: true }) readonly campaign!: Data<CampaignView> | null;
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}
