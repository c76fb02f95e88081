import type { CampaignCost, CostTerm, Json, Objective, OutcomeLimit, PlanObjective } from '@ionloop/domain';
import { Field, Float, InputType, ObjectType } from '@nestjs/graphql';
import type { Data } from '../graphql/data.js';
import { GoalEnum, TransformEnum } from '../graphql/enums.js';
import { JsonScalar } from '../graphql/scalars.js';

/** What a campaign wants, what it must keep and what it costs: as it is asked for and as it is shown. */

@InputType()
export class ObjectiveInput {
  @Field(() => String) readonly property!: string;
  @Field(() => GoalEnum, { defaultValue: 'maximise' }) readonly goal!: PlanObjective['goal'];
  @Field(() => TransformEnum, { defaultValue: 'none' }) readonly transform!: Objective['transform'];
  @Field(() => String) readonly unit!: string;
  @Field(() => Float, { nullable: true }) readonly temperatureC?: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'Of a window: where it begins; without it, all that is below high.',
  })
  readonly low?: number | null;
  @Field(() => Float, { nullable: true, description: 'Of a window: where it ends.' })
  readonly high?: number | null;
}

@InputType({ description: 'A property that is measured beside and must stay within limits.' })
export class OutcomeLimitInput {
  @Field(() => String) readonly property!: string;
  @Field(() => String) readonly unit!: string;
  @Field(() => TransformEnum, { defaultValue: 'none' }) readonly transform!: Objective['transform'];
  @Field(() => Float, { nullable: true }) readonly low?: number | null;
  @Field(() => Float, { nullable: true }) readonly high?: number | null;
  @Field(() => Float, { nullable: true }) readonly temperatureC?: number | null;
}

@InputType({
  description: 'What a parameter, or a component of a mixture, adds to the cost of an experiment.',
})
export class CostTermInput {
  @Field(() => String) readonly parameter!: string;
  @Field(() => String, { nullable: true, description: 'Of a mixture, which component.' })
  readonly component?: string | null;
  @Field(() => Float, { nullable: true, description: 'For each unit of a number, or for a whole fraction.' })
  readonly perUnit?: number | null;
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'For each choice or candidate: {"gold": 40}; nothing for one that is not named.',
  })
  readonly of?: Json;
}

@InputType({ description: 'What an experiment costs, in whatever is spent: money, hours.' })
export class CostInput {
  @Field(() => Float, { defaultValue: 0 }) readonly base!: number;
  @Field(() => [CostTermInput], { defaultValue: [] }) readonly per!: readonly CostTermInput[];
  @Field(() => Float, { nullable: true, description: 'What all experiments together may cost.' })
  readonly budget?: number | null;
}

@ObjectType('Objective')
export class ObjectiveView {
  @Field(() => String) readonly property!: string;
  @Field(() => GoalEnum) readonly goal!: PlanObjective['goal'];
  @Field(() => TransformEnum) readonly transform!: Objective['transform'];
  @Field(() => String) readonly unit!: string;
  @Field(() => Float, { nullable: true }) readonly temperatureC!: number | null;
  @Field(() => Float, { nullable: true, description: 'Of a window: where it begins.' })
  readonly low!: number | null;
  @Field(() => Float, { nullable: true, description: 'Of a window: where it ends.' })
  readonly high!: number | null;
}

@ObjectType('OutcomeLimit', { description: 'Without an end it is measured, and limits nothing.' })
export class OutcomeLimitView {
  @Field(() => String) readonly property!: string;
  @Field(() => String) readonly unit!: string;
  @Field(() => TransformEnum) readonly transform!: Objective['transform'];
  @Field(() => Float, { nullable: true }) readonly low!: number | null;
  @Field(() => Float, { nullable: true }) readonly high!: number | null;
  @Field(() => Float, { nullable: true }) readonly temperatureC!: number | null;
}

@ObjectType('CostTerm')
export class CostTermView {
  @Field(() => String) readonly parameter!: string;
  @Field(() => String, { nullable: true }) readonly component!: string | null;
  @Field(() => Float, { nullable: true }) readonly perUnit!: number | null;
  @Field(() => JsonScalar, { nullable: true }) readonly of!: Json;
}

@ObjectType('Cost')
export class CostView {
  @Field(() => Float) readonly base!: number;
  @Field(() => [CostTermView]) readonly per!: readonly Data<CostTermView>[];
  @Field(() => Float, { nullable: true }) readonly budget!: number | null;
}

export function objectiveView(objective: PlanObjective): Data<ObjectiveView> {
  const { property, goal, transform, unit, temperatureC } = objective;
  const { low, high } = objective.goal === 'window' ? objective : { low: null, high: null };
  return { property, goal, transform, unit, temperatureC: temperatureC ?? null, low, high };
}

export const limitView = (limit: OutcomeLimit): Data<OutcomeLimitView> => ({
  ...limit,
  temperatureC: limit.temperatureC ?? null,
});

export const costView = ({ base, per, budget }: CampaignCost): Data<CostView> => ({
  base,
  per: per.map(termView),
  budget: budget ?? null,
});

const termView = ({ parameter, component, perUnit, of }: CostTerm): Data<CostTermView> => ({
  parameter,
  component: component ?? null,
  perUnit: perUnit ?? null,
  of: of ?? null,
});
