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
export class CreateCampaignInput {
  @Field(() => String) readonly name!: string;
  @Field(() => String, { nullable: true, defaultValue: '' }) readonly description?: string | null;
  @Field(() => JsonScalar) readonly space!: Json;
  @Field(() => ObjectiveInput) readonly objective!: ObjectiveInput;
  @Field(() => String, { defaultValue: 'auto' }) readonly strategy!: string;
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
