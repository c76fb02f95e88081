import type { Json } from '@ionloop/domain';
import { Field, ID, InputType, Int } from '@nestjs/graphql';
import {
  type Place,
  PlaceEnum,
  type ResultDecision,
  ResultDecisionEnum,
  type SuspectDecision,
  SuspectDecisionEnum,
} from '../graphql/enums.js';
import { JsonScalar } from '../graphql/scalars.js';

@InputType()
export class ApproveExperimentsInput {
  @Field(() => [ID]) readonly ids!: readonly string[];
  @Field(() => [String], {
    nullable: true,
    description:
      'The specHash of each as it was seen, in the order of the ids; where one was edited since, nothing is approved.',
  })
  readonly specHashes?: readonly string[] | null;
}

@InputType()
export class RejectExperimentInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly reason!: string;
}

@InputType()
export class AddExperimentInput {
  @Field(() => ID) readonly campaignId!: string;
  @Field(() => JsonScalar) readonly point!: Json;
  @Field(() => String) readonly reason!: string;
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether the point may lie outside the space; it is marked then.',
  })
  readonly outside!: boolean;
  @Field(() => String, { nullable: true }) readonly idempotencyKey?: string | null;
}

@InputType()
export class AddReplicatesInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => Int, { defaultValue: 1 }) readonly count!: number;
  @Field(() => String) readonly reason!: string;
  @Field(() => String, { nullable: true }) readonly idempotencyKey?: string | null;
}

@InputType()
export class ReorderExperimentsInput {
  @Field(() => ID) readonly campaignId!: string;
  @Field(() => [ID], { description: 'In the order that is wanted of them.' })
  readonly ids!: readonly string[];
  @Field(() => PlaceEnum, {
    defaultValue: 'first',
    description: 'Before or after all others that have not begun.',
  })
  readonly place!: Place;
  @Field(() => String, { nullable: true }) readonly reason?: string | null;
}

@InputType()
export class RestoreExperimentInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly reason!: string;
}

@InputType()
export class WithdrawRejectionInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly reason!: string;
}

@InputType()
export class CancelExperimentInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly reason!: string;
}

@InputType()
export class WithdrawApprovalInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly reason!: string;
}

@InputType()
export class EditExperimentInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => JsonScalar) readonly point!: Json;
  @Field(() => String) readonly reason!: string;
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether the point may lie outside the space; it is marked then.',
  })
  readonly outside!: boolean;
}

@InputType()
export class RequeueExperimentInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly reason!: string;
}

@InputType()
export class ResolveSuspectInput {
  @Field(() => ID) readonly attemptId!: string;
  @Field(() => SuspectDecisionEnum) readonly decision!: SuspectDecision;
  @Field(() => String) readonly note!: string;
}

@InputType()
export class DecideResultInput {
  @Field(() => ID) readonly attemptId!: string;
  @Field(() => ResultDecisionEnum) readonly decision!: ResultDecision;
  @Field(() => String) readonly note!: string;
}
