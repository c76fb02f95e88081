import type { AcceptedResult, Experiment, ExperimentState, Grounds, Json } from '@ionloop/domain';
import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { ExperimentStateEnum } from '../graphql/enums.js';
import { DateTimeScalar, JsonScalar } from '../graphql/scalars.js';
import { UserErrorView } from '../graphql/user-errors.js';
import type { Data } from '../graphql/data.js';
import { NodeView } from '../graphql/node.js';

@ObjectType('Prediction')
export class PredictionView {
  @Field(() => Float) readonly mean!: number;
  @Field(() => Float) readonly sd!: number;
}

@ObjectType('Acquisition')
export class AcquisitionView {
  @Field(() => String) readonly name!: string;
  @Field(() => Float) readonly value!: number;
}

@ObjectType('ExperimentValue', { description: 'What is accepted of one property.' })
export class ExperimentValueView {
  @Field(() => String) readonly property!: string;
  @Field(() => String) readonly unit!: string;
  @Field(() => Float, { description: "In the unit; the mean of replicates on the models' scale." })
  readonly value!: number;
  @Field(() => Float, {
    nullable: true,
    description: "The standard deviation of replicates on the models' scale; null of a single one.",
  })
  readonly sd!: number | null;
}

@ObjectType('Experiment', { implements: () => NodeView })
export class ExperimentView {
  @Field(() => ID) readonly id!: string;
  @Field(() => ID) readonly campaignId!: string;
  @Field(() => Int) readonly number!: number;
  @Field(() => ExperimentStateEnum) readonly state!: ExperimentState;
  @Field(() => JsonScalar) readonly point!: Json;
  @Field(() => String) readonly specHash!: string;
  @Field(() => String) readonly origin!: string;
  @Field(() => String) readonly reason!: string;
  @Field(() => PredictionView, {
    nullable: true,
    description: "On the models' scale (log10 where the objective says so).",
  })
  readonly prediction!: Data<PredictionView> | null;
  @Field(() => AcquisitionView, { nullable: true }) readonly acquisition!: Data<AcquisitionView> | null;
  @Field(() => String, { nullable: true }) readonly approvedBy!: string | null;
  @Field(() => DateTimeScalar, { nullable: true }) readonly approvedAt!: string | null;
  @Field(() => String, { nullable: true }) readonly note!: string | null;
  @Field(() => Int, { description: 'The lower, the earlier it is made; 0 where nobody moved it.' })
  readonly rank!: number;
  @Field(() => String, {
    nullable: true,
    description: 'Why its point does not lie in the space as it is now, where it does not.',
  })
  readonly outside!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The person who made its point or changed it; null where the loop did.',
  })
  readonly proposedBy!: string | null;
  @Field(() => ID, { nullable: true, description: 'The experiment whose point it repeats.' })
  readonly replicateOf!: string | null;
  @Field(() => DateTimeScalar) readonly createdAt!: string;
  readonly planId!: string | null;
  /** As the record has them; the resolver says them with labels. */
  readonly kept!: Grounds | null;
  readonly results!: readonly AcceptedResult[];
}

export function experimentView(experiment: Experiment): Data<ExperimentView> {
  const { id, campaignId, number, state, specHash, origin, reason } = experiment;
  const { prediction, acquisition, note, createdAt, point, approval } = experiment;
  const { rank, outside, proposedBy, replicateOf, planId } = experiment;
  return {
    ...{ id, campaignId, number, state, specHash, origin, reason, prediction, acquisition, note, createdAt },
    ...{ point, rank, outside, proposedBy, replicateOf, planId },
    kept: experiment.grounds,
    results: experiment.results,
    approvedBy: approval?.by ?? null,
    approvedAt: approval?.at ?? null,
  };
}

@ObjectType('ExperimentPayload')
export class ExperimentPayload {
  @Field(() => ExperimentView, { nullable: true }) readonly experiment!: Data<ExperimentView> | null;
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}

@ObjectType('ExperimentsPayload')
export class ExperimentsPayload {
  @Field(() => [ExperimentView]) readonly experiments!: readonly Data<ExperimentView>[];
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}
