import type { Attempt, AttemptState } from '@ionloop/domain';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { AttemptStateEnum } from '../graphql/enums.js';
import { DateTimeScalar } from '../graphql/scalars.js';
import type { Data } from '../graphql/data.js';
import { NodeView } from '../graphql/node.js';

@ObjectType('Attempt', { implements: () => NodeView })
export class AttemptView {
  readonly campaignId!: string;
  readonly stationId!: string;
  @Field(() => ID) readonly id!: string;
  @Field(() => Int) readonly fence!: number;
  @Field(() => AttemptStateEnum) readonly state!: AttemptState;
  @Field(() => String, { nullable: true }) readonly outcome!: string | null;
  @Field(() => String, { nullable: true }) readonly note!: string | null;
  @Field(() => Boolean) readonly cancelRequested!: boolean;
  @Field(() => DateTimeScalar) readonly leasedAt!: string;
  @Field(() => DateTimeScalar, { nullable: true }) readonly startedAt!: string | null;
  @Field(() => DateTimeScalar, { nullable: true }) readonly endedAt!: string | null;
}

export const attemptView = (attempt: Attempt): Data<AttemptView> => attempt;
