import { Field, ID, InputType } from '@nestjs/graphql';
import { type MeasurementDecision, MeasurementDecisionEnum } from '../graphql/enums.js';
import { LabMeasurementInput } from '../lab/lab.types.js';

@InputType()
export class DecideMeasurementInput {
  @Field(() => ID) readonly measurementId!: string;
  @Field(() => MeasurementDecisionEnum) readonly decision!: MeasurementDecision;
  @Field(() => String) readonly note!: string;
}

@InputType()
export class RecordMeasurementInput {
  @Field(() => ID) readonly experimentId!: string;
  @Field(() => LabMeasurementInput, { description: 'As a station would hand it in.' })
  readonly measurement!: LabMeasurementInput;
  @Field(() => String) readonly reason!: string;
  @Field(() => String, { nullable: true }) readonly idempotencyKey?: string | null;
}

@InputType()
export class SupersedeMeasurementInput {
  @Field(() => ID) readonly measurementId!: string;
  @Field(() => LabMeasurementInput, { description: 'The corrected value, as a station would hand it in.' })
  readonly measurement!: LabMeasurementInput;
  @Field(() => String) readonly reason!: string;
  @Field(() => String, { nullable: true }) readonly idempotencyKey?: string | null;
}
