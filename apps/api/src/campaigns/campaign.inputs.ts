import type { CampaignSpec, CampaignState, Json, Objective } from '@ionloop/domain';
import { Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import { ApprovalEnum, CampaignStateEnum, GoalEnum, TransformEnum } from '../graphql/enums.js';
import { JsonScalar } from '../graphql/scalars.js';

@InputType()
export class ObjectiveInput {
  @Field(() => String) readonly property!: string;
  @Field(() => GoalEnum, { defaultValue: 'maximise' }) readonly goal!: Objective['goal'];
  @Field(() => TransformEnum, { defaultValue: 'none' }) readonly transform!: Objective['transform'];
  @Field(() => String) readonly unit!: string;
  @Field(() => Float, { nullable: true }) readonly temperatureC?: number | null;
}

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
  @Field(() => ObjectiveInput) readonly objective!: ObjectiveInput;
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
  @Field(() => GoalEnum, { nullable: true }) readonly goal?: Objective['goal'] | null;
  @Field(() => TransformEnum, { nullable: true, description: 'Before the first plan.' })
  readonly transform?: Objective['transform'] | null;
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
  @Field(() => ObjectiveChangeInput, { nullable: true }) readonly objective?: ObjectiveChangeInput | null;
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
