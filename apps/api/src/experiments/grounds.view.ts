import type { Grounds, Json, Point } from '@ionloop/domain';
import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { Data } from '../graphql/data.js';
import { JsonScalar } from '../graphql/scalars.js';

@ObjectType('PropertyPrediction', {
  description: "On the models' scale (log10 where the objective says so), in the property's own direction.",
})
export class PropertyPredictionView {
  @Field(() => String) readonly property!: string;
  @Field(() => Float) readonly mean!: number;
  @Field(() => Float) readonly sd!: number;
}

@ObjectType('ExpectedImprovement', {
  description: "Over the best so far, on the models' scale, in two parts.",
})
export class ExpectedImprovementView {
  @Field(() => Float, { description: 'What the prediction promises by itself.' })
  readonly exploiting!: number;
  @Field(() => Float, { description: 'What not knowing the outcome adds.' }) readonly exploring!: number;
  @Field(() => Float, { nullable: true, description: 'Of the whole; null where nothing is to be gained.' })
  readonly exploringShare!: number | null;
}

@ObjectType('NearestMeasured')
export class NearestMeasuredView {
  @Field(() => Float, { description: 'In the coordinate that differs most, as a share of its range.' })
  readonly distance!: number;
  @Field(() => JsonScalar) readonly point!: Json;
  @Field(() => String, { description: 'The point in words.' }) readonly label!: string;
}

@ObjectType('RunnerUp', { description: 'The candidate that came second.' })
export class RunnerUpView {
  @Field(() => Float) readonly score!: number;
  @Field(() => JsonScalar) readonly point!: Json;
  @Field(() => String, { description: 'The point in words.' }) readonly label!: string;
}

@ObjectType('LearnedSource')
export class LearnedSourceView {
  @Field(() => Int, { description: 'The number of the knowledge.' }) readonly source!: number;
  @Field(() => Int) readonly results!: number;
  @Field(() => Float, {
    nullable: true,
    description: 'With the own results; null where the model does not tell.',
  })
  readonly correlation!: number | null;
}

@ObjectType('LearnedElsewhere', {
  description: 'What the model of a property made of results from elsewhere.',
})
export class LearnedElsewhereView {
  @Field(() => String) readonly property!: string;
  @Field(() => String, { description: 'sources, mean, or alone: see KnowledgeTrust.' })
  readonly learned!: string;
  @Field(() => [LearnedSourceView]) readonly sources!: readonly Data<LearnedSourceView>[];
}

@ObjectType('Grounds', { description: 'Why an experiment was proposed, as data.' })
export class GroundsView {
  @Field(() => [PropertyPredictionView]) readonly predictions!: readonly Data<PropertyPredictionView>[];
  @Field(() => ExpectedImprovementView, { nullable: true })
  readonly improvement!: Data<ExpectedImprovementView> | null;
  @Field(() => Float, { description: 'The probability that it can be made.' }) readonly feasible!: number;
  @Field(() => Float, {
    nullable: true,
    description: 'The probability that all limits to other properties are kept; null where there are none.',
  })
  readonly withinLimits!: number | null;
  @Field(() => NearestMeasuredView, { nullable: true, description: 'Null before anything was measured.' })
  readonly nearest!: Data<NearestMeasuredView> | null;
  @Field(() => RunnerUpView, { nullable: true }) readonly runnerUp!: Data<RunnerUpView> | null;
  @Field(() => Float, { nullable: true }) readonly cost!: number | null;
  @Field(() => Boolean, { description: 'Whether the point had been measured before.' })
  readonly repeat!: boolean;
  @Field(() => [LearnedElsewhereView], { description: 'Empty where there was nothing from elsewhere.' })
  readonly elsewhere!: readonly Data<LearnedElsewhereView>[];
  @Field(() => [String], { description: 'Why results from elsewhere could not be learned from as asked.' })
  readonly elsewhereRefused!: readonly string[];
}

export function groundsView(grounds: Grounds, describe: (point: Point) => string): Data<GroundsView> {
  const { predictions, improvement, feasible, withinLimits, cost, repeat } = grounds;
  const { nearest, runnerUp, elsewhere = [], elsewhereRefused = [] } = grounds;
  return {
    ...{ predictions, feasible, withinLimits, cost, repeat, elsewhere, elsewhereRefused },
    improvement: improvement && { ...improvement, exploringShare: shareOf(improvement) },
    nearest: nearest && { ...nearest, label: describe(nearest.point) },
    runnerUp: runnerUp && { ...runnerUp, label: describe(runnerUp.point) },
  };
}

function shareOf({ exploiting, exploring }: NonNullable<Grounds['improvement']>): number | null {
  const all = exploiting + exploring;
  return all > 0 ? exploring / all : null;
}
