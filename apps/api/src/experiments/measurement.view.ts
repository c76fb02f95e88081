import type { Json, MeasurementStatus } from '@ionloop/domain';
import { Field, Float, ID, ObjectType } from '@nestjs/graphql';
import { MeasurementStatusEnum } from '../graphql/enums.js';
import { DateTimeScalar, JsonScalar } from '../graphql/scalars.js';
import { UserErrorView } from '../graphql/user-errors.js';
import type { Data } from '../graphql/data.js';
import { NodeView } from '../graphql/node.js';

@ObjectType('Measurement', { implements: () => NodeView })
export class MeasurementView {
  readonly campaignId!: string;
  @Field(() => ID) readonly id!: string;
  @Field(() => ID, { nullable: true }) readonly attemptId!: string | null;
  @Field(() => String) readonly property!: string;
  @Field(() => Float) readonly value!: number;
  @Field(() => String) readonly unit!: string;
  @Field(() => Float, { nullable: true }) readonly uncertainty!: number | null;
  @Field(() => JsonScalar) readonly conditions!: Json;
  @Field(() => JsonScalar) readonly raw!: Json;
  @Field(() => [String]) readonly flags!: readonly string[];
  @Field(() => MeasurementStatusEnum) readonly status!: MeasurementStatus;
  @Field(() => ID, { nullable: true, description: 'The measurement that this one corrects.' })
  readonly supersedes!: string | null;
  @Field(() => String, { nullable: true }) readonly note!: string | null;
  @Field(() => DateTimeScalar) readonly createdAt!: string;
}

@ObjectType('MeasurementPayload')
export class MeasurementPayload {
  @Field(() => MeasurementView, { nullable: true }) readonly measurement!: Data<MeasurementView> | null;
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}
