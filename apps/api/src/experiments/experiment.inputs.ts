import type { Json } from '@ionloop/domain';
import { Field, ID, InputType } from '@nestjs/graphql';
import {
  type MeasurementDecision,
  MeasurementDecisionEnum,
  type ResultDecision,
  ResultDecisionEnum,
  type SuspectDecision,
  SuspectDecisionEnum,
} from '../graphql/enums.js';
import { JsonScalar } from '../graphql/scalars.js';

@InputType()
export class ApproveExperimentsInput {
  @Field(() => [ID]) readonly ids!: readonly string[];
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
  @Field(() => String, { nullable: true }) readonly idempotencyKey?: string | null;
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

@InputType()
export class DecideMeasurementInput {
  @Field(() => ID) readonly measurementId!: string;
  @Field(() => MeasurementDecisionEnum) readonly decision!: MeasurementDecision;
  @Field(() => String) readonly note!: string;
}
