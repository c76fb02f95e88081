import type { CampaignSpec, CampaignState, Json, Objective, PlanObjective } from '@ionloop/domain';
import { Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import { ApprovalEnum, CampaignStateEnum, GoalEnum, TransformEnum } from '../graphql/enums.js';
import { JsonScalar } from '../graphql/scalars.js';
import { CostInput, ObjectiveInput, OutcomeLimitInput } from './goals.js';

@InputType()
export class StrategySettingsInput {
  @Field(() => String, { nullable: true }) readonly design?: string | null;
  @Field(() => Float, { nullable: true }) readonly beta?: number | null;
  @Field(() => String, { nullable: true }) readonly shared?: string | null;
  @Field(() => String, { nullable: true }) readonly shape?: string | null;
  @Field(() => Int, { nullable: true }) readonly replicates?: number | null;
  @Field(() => String, { nullable: true }) readonly transfer?: string | null;
}

@InputType()
export class ReviewPolicyInput {
  @Field(() => Boolean, { nullable: true }) readonly separate?: boolean | null;
  @Field(() => Int, { nullable: true }) readonly rejectedFor?: number | null;
}

@InputType()
export class CreateCampaignInput {
  @Field(() => String) readonly name!: string;
  @Field(() => String, { nullable: true, defaultValue: '' }) readonly description?: string | null;
  @Field(() => JsonScalar) readonly space!: Json;
  @Field(() => ObjectiveInput, { nullable: true, description: 'The one that there is; or objectives.' })
  readonly objective?: ObjectiveInput | null;
  @Field(() => [ObjectiveInput], {
    nullable: true,
    description: 'One to four of different properties; lists and curves show the first.',
  })
  readonly objectives?: readonly ObjectiveInput[] | null;
  @Field(() => [OutcomeLimitInput], { nullable: true }) readonly limits?: readonly OutcomeLimitInput[] | null;
  @Field(() => CostInput, { nullable: true, description: 'Where some experiments cost more than others.' })
  readonly cost?: CostInput | null;
  @Field(() => String, { defaultValue: 'auto' }) readonly strategy!: string;
  @Field(() => StrategySettingsInput, { nullable: true }) readonly settings?: StrategySettingsInput | null;
  @Field(() => ReviewPolicyInput, { nullable: true }) readonly review?: ReviewPolicyInput | null;
  @Field(() => Int, { nullable: true }) readonly initial?: number | null;
  @Field(() => Int) readonly budget!: number;
  @Field(() => Int, { defaultValue: 4 }) readonly parallel!: number;
  @Field(() => ApprovalEnum, { defaultValue: 'manual' }) readonly approval!: CampaignSpec['approval'];
  @Field(() => String, { nullable: true }) readonly seed?: string | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Start at once instead of leaving a draft.',
  })
  readonly start!: boolean;
  @Field(() => String, {
    nullable: true,
    description: 'The same key gives the same campaign instead of a second one.',
  })
  readonly idempotencyKey?: string | null;
}

@InputType()
export class MoveCampaignInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => CampaignStateEnum) readonly to!: CampaignState;
  @Field(() => String, { nullable: true }) readonly note?: string | null;
}

@InputType()
export class SwitchCampaignInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => Boolean, { nullable: true }) readonly proposing?: boolean | null;
  @Field(() => Boolean, { nullable: true }) readonly dispatch?: boolean | null;
}

@InputType({ description: 'What is wanted another way; the property, its unit and its temperature stay.' })
export class ObjectiveChangeInput {
  @Field(() => String, { nullable: true, description: 'Which of several objectives.' })
  readonly property?: string | null;
  @Field(() => GoalEnum, { nullable: true }) readonly goal?: PlanObjective['goal'] | null;
  @Field(() => TransformEnum, { nullable: true, description: 'Before the first plan.' })
  readonly transform?: Objective['transform'] | null;
  @Field(() => Float, { nullable: true, description: 'Of a window; null takes the end away.' })
  readonly low?: number | null;
  @Field(() => Float, { nullable: true, description: 'Of a window; null takes the end away.' })
  readonly high?: number | null;
}

@InputType({ description: 'Other ends; without any, the property is measured and limits nothing.' })
export class OutcomeLimitChangeInput {
  @Field(() => String) readonly property!: string;
  @Field(() => Float, { nullable: true }) readonly low?: number | null;
  @Field(() => Float, { nullable: true }) readonly high?: number | null;
}

@InputType({ description: 'Only what is to be another is given.' })
export class UpdateCampaignInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly reason!: string;
  @Field(() => Int, {
    nullable: true,
    description: 'Of the settings that were seen: where they were changed since, nothing is changed.',
  })
  readonly revision?: number | null;
  @Field(() => String, { nullable: true }) readonly name?: string | null;
  @Field(() => String, { nullable: true }) readonly description?: string | null;
  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'The whole space; its parameters stay. Experiments that it leaves outside stay too, and are marked.',
  })
  readonly space?: Json;
  @Field(() => ObjectiveChangeInput, { nullable: true, description: 'The first objective.' })
  readonly objective?: ObjectiveChangeInput | null;
  @Field(() => [ObjectiveChangeInput], {
    nullable: true,
    description: 'Each named by its property; the others stay.',
  })
  readonly objectives?: readonly ObjectiveChangeInput[] | null;
  @Field(() => [OutcomeLimitChangeInput], {
    nullable: true,
    description: 'Each named by its property, which has to be measured already; the others stay.',
  })
  readonly limits?: readonly OutcomeLimitChangeInput[] | null;
  @Field(() => CostInput, { nullable: true, description: 'The whole; null takes it away.' })
  readonly cost?: CostInput | null;
  @Field(() => String, { nullable: true }) readonly strategy?: string | null;
  @Field(() => StrategySettingsInput, {
    nullable: true,
    description: 'What is left out stays; null takes one back to what the strategy does by itself.',
  })
  readonly settings?: StrategySettingsInput | null;
  @Field(() => Int, { nullable: true }) readonly initial?: number | null;
  @Field(() => Int, { nullable: true }) readonly budget?: number | null;
  @Field(() => Int, { nullable: true }) readonly parallel?: number | null;
  @Field(() => ApprovalEnum, { nullable: true }) readonly approval?: CampaignSpec['approval'] | null;
  @Field(() => ReviewPolicyInput, { nullable: true }) readonly review?: ReviewPolicyInput | null;
}

@InputType()
export class ProposeNowInput {
  @Field(() => ID) readonly campaignId!: string;
  @Field(() => Int, { description: 'Beside what the rhythm brings; within the budget.' })
  readonly count!: number;
  @Field(() => String) readonly reason!: string;
  @Field(() => String, { nullable: true }) readonly idempotencyKey?: string | null;
}
