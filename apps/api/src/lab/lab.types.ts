import type { Json, Outcome } from '@ionloop/domain';
import type { Command } from '@ionloop/engine';
import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { LabCommandEnum, LabOutcomeEnum } from '../graphql/enums.js';
import { JsonScalar } from '../graphql/scalars.js';
import { UserErrorView } from '../graphql/user-errors.js';
import type { Data } from '../graphql/data.js';

/** The lab protocol's shapes in GraphQL; docs/lab-wire.md says what each part means. */

@InputType()
export class LabRegisterInput {
  @Field(() => String) readonly station!: string;
  @Field(() => String) readonly bootId!: string;
  @Field(() => [String]) readonly properties!: readonly string[];
  @Field(() => JsonScalar, { nullable: true }) readonly limits?: Json;
  @Field(() => Int, { defaultValue: 1 }) readonly schemaVersion!: number;
}

@ObjectType()
export class LabRegisterPayload {
  @Field(() => ID, { nullable: true }) readonly stationId!: string | null;
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}

@InputType()
export class LabClaimInput {
  @Field(() => String) readonly bootId!: string;
  @Field(() => String) readonly idempotencyKey!: string;
  @Field(() => Int, { defaultValue: 1 }) readonly max!: number;
  @Field(() => Float, { nullable: true, defaultValue: 0 }) readonly wait?: number | null;
}

@ObjectType('LabAssignment')
export class LabAssignmentView {
  @Field(() => ID) readonly attemptId!: string;
  @Field(() => ID) readonly experimentId!: string;
  @Field(() => Int) readonly experimentNumber!: number;
  @Field(() => ID) readonly campaignId!: string;
  @Field(() => Int) readonly fence!: number;
  @Field(() => JsonScalar) readonly spec!: Json;
  @Field(() => String) readonly specHash!: string;
  @Field(() => Float) readonly leaseSeconds!: number;
  @Field(() => Float) readonly heartbeatSeconds!: number;
}

@ObjectType()
export class LabClaimPayload {
  @Field(() => [LabAssignmentView]) readonly assignments!: readonly Data<LabAssignmentView>[];
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}

@InputType()
export class LabStartInput {
  @Field(() => String) readonly bootId!: string;
  @Field(() => ID) readonly attemptId!: string;
  @Field(() => Int) readonly fence!: number;
  @Field(() => String) readonly specHash!: string;
  @Field(() => String, { nullable: true }) readonly deviceRunId?: string | null;
}

@ObjectType()
export class LabStartPayload {
  @Field(() => ID, { nullable: true }) readonly attemptId!: string | null;
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}

@InputType()
export class LabBeatInput {
  @Field(() => ID) readonly attemptId!: string;
  @Field(() => String, { nullable: true }) readonly stage?: string | null;
  @Field(() => Float, { nullable: true }) readonly progress?: number | null;
}

@InputType()
export class LabHeartbeatInput {
  @Field(() => String) readonly bootId!: string;
  @Field(() => [LabBeatInput]) readonly attempts!: readonly LabBeatInput[];
}

@ObjectType('LabAnswer')
export class LabAnswerView {
  @Field(() => ID) readonly attemptId!: string;
  @Field(() => LabCommandEnum) readonly command!: Command;
}

@ObjectType()
export class LabHeartbeatPayload {
  @Field(() => [LabAnswerView]) readonly answers!: readonly Data<LabAnswerView>[];
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}

@InputType()
export class LabAppendInput {
  @Field(() => String) readonly bootId!: string;
  @Field(() => ID) readonly attemptId!: string;
  @Field(() => Int) readonly seq!: number;
  @Field(() => JsonScalar) readonly partial!: Json;
}

@ObjectType()
export class LabAppendPayload {
  @Field(() => Boolean) readonly stored!: boolean;
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}

@InputType()
export class FrequencyRangeInput {
  @Field(() => Float) readonly min!: number;
  @Field(() => Float) readonly max!: number;
}

@InputType()
export class ImpedanceInput {
  @Field(() => Float) readonly resistanceOhm!: number;
  @Field(() => Float) readonly thicknessCm!: number;
  @Field(() => Float) readonly areaCm2!: number;
  @Field(() => FrequencyRangeInput, { nullable: true }) readonly frequencyHz?: FrequencyRangeInput | null;
  @Field(() => String, { nullable: true }) readonly fitModel?: string | null;
  @Field(() => Float, { nullable: true }) readonly residual?: number | null;
}

@InputType()
export class LabPointInput {
  @Field(() => Float) readonly temperatureC!: number;
  @Field(() => Float, { nullable: true }) readonly value?: number | null;
  @Field(() => String, { nullable: true }) readonly unit?: string | null;
  @Field(() => ImpedanceInput, { nullable: true }) readonly impedance?: ImpedanceInput | null;
  @Field(() => Boolean, { nullable: true }) readonly force?: boolean | null;
}

@InputType()
export class LabMeasurementInput {
  @Field(() => String) readonly property!: string;
  @Field(() => Float, { nullable: true }) readonly value?: number | null;
  @Field(() => String, { nullable: true }) readonly unit?: string | null;
  @Field(() => ImpedanceInput, { nullable: true }) readonly impedance?: ImpedanceInput | null;
  @Field(() => Float, { nullable: true }) readonly temperatureC?: number | null;
  @Field(() => [LabPointInput], { nullable: true }) readonly series?: readonly LabPointInput[] | null;
  @Field(() => Float, { nullable: true }) readonly uncertainty?: number | null;
  @Field(() => JsonScalar, { nullable: true }) readonly conditions?: Json;
  @Field(() => String, { nullable: true }) readonly suspect?: string | null;
  @Field(() => Boolean, { nullable: true, defaultValue: false }) readonly force?: boolean | null;
}

@InputType()
export class LabArtifactInput {
  @Field(() => String) readonly sha256!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => String, { nullable: true }) readonly mediaType?: string | null;
  @Field(() => String, { nullable: true }) readonly kind?: string | null;
  @Field(() => Int, { nullable: true }) readonly measurement?: number | null;
}

@InputType()
export class LabSubmitInput {
  @Field(() => String) readonly bootId!: string;
  @Field(() => String) readonly idempotencyKey!: string;
  @Field(() => ID) readonly attemptId!: string;
  @Field(() => Int) readonly fence!: number;
  @Field(() => LabOutcomeEnum) readonly outcome!: Outcome;
  @Field(() => String, { nullable: true }) readonly specHash?: string | null;
  @Field(() => String, { nullable: true }) readonly note?: string | null;
  @Field(() => [LabMeasurementInput], { defaultValue: [] })
  readonly measurements!: readonly LabMeasurementInput[];
  @Field(() => [LabArtifactInput], { nullable: true })
  readonly artifacts?: readonly LabArtifactInput[] | null;
}

@ObjectType()
export class LabSubmitPayload {
  @Field(() => ID, { nullable: true }) readonly attemptId!: string | null;
  @Field(() => String, { nullable: true }) readonly disposition!: string | null;
  @Field(() => String, { nullable: true }) readonly notice?: string | null;
  @Field(() => [ID]) readonly measurementIds!: readonly string[];
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}
