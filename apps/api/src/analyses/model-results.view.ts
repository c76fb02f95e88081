import type { Json } from '@ionloop/domain';
import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { Data } from '../graphql/data.js';
import { JsonScalar } from '../graphql/scalars.js';

/** Answers about the model. Numbers are on the models' scale, in the property's own direction, unless they say otherwise. */

@ObjectType('SliceAxis')
export class SliceAxisView {
  @Field(() => String) readonly name!: string;
  @Field(() => String, { nullable: true }) readonly unit!: string | null;
  @Field(() => JsonScalar, { description: 'A list of numbers or names.' }) readonly values!: Json;
}

@ObjectType('SliceCell')
export class SliceCellView {
  @Field(() => JsonScalar, { description: 'A value an axis; of several components, their fractions.' })
  readonly coordinates!: Json;
  @Field(() => JsonScalar) readonly point!: Json;
  @Field(() => Float, { nullable: true, description: 'Null where the space does not allow the point.' })
  readonly mean!: number | null;
  @Field(() => Float, { nullable: true }) readonly sd!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'What a result there would be worth, where that was asked for; larger is better.',
  })
  readonly score!: number | null;
  @Field(() => Float, { nullable: true, description: 'The probability that it can be made, with the score.' })
  readonly feasible!: number | null;
}

@ObjectType('SliceResult')
export class SliceResultView {
  @Field(() => [SliceAxisView]) readonly axes!: readonly Data<SliceAxisView>[];
  @Field(() => JsonScalar, { description: 'Where the rest is held.' }) readonly at!: Json;
  @Field(() => [SliceCellView], { description: 'The first axis runs fastest.' })
  readonly cells!: readonly Data<SliceCellView>[];
}

@ObjectType('ColumnImportance')
export class ColumnImportanceView {
  @Field(() => String) readonly column!: string;
  @Field(() => Float, {
    nullable: true,
    description: 'By the model itself, of sum 1: of its lengthscales (ARD) or its splits.',
  })
  readonly own!: number | null;
  @Field(() => Float, { description: 'How much 1 − R² rises where the column is dealt out anew.' })
  readonly permutation!: number;
  @Field(() => Float) readonly spread!: number;
}

@ObjectType('ColumnShare')
export class ColumnShareView {
  @Field(() => String) readonly column!: string;
  @Field(() => Float) readonly value!: number;
  @Field(() => Float) readonly standardError!: number;
}

@ObjectType('ExplainedPrediction', { description: 'Shapley values: base + their sum = prediction.' })
export class ExplainedPredictionView {
  @Field(() => Float) readonly base!: number;
  @Field(() => Float) readonly prediction!: number;
  @Field(() => Boolean) readonly exact!: boolean;
  @Field(() => [ColumnShareView]) readonly columns!: readonly Data<ColumnShareView>[];
}

@ObjectType('ExplainedResult')
export class ExplainedResultView {
  @Field(() => Int, { description: 'Of the experiment.' }) readonly number!: number;
  @Field(() => Float) readonly prediction!: number;
  @Field(() => [Float], {
    nullable: 'items',
    description: 'Its columns as models see them; null of a group of several.',
  })
  readonly at!: readonly (number | null)[];
  @Field(() => [Float], { description: 'What each column adds to the prediction.' })
  readonly values!: readonly number[];
}

@ObjectType('ExplainedResults', {
  description: 'Shapley values: base + the sum of a row = its prediction.',
})
export class ExplainedResultsView {
  @Field(() => Float) readonly base!: number;
  @Field(() => Boolean) readonly exact!: boolean;
  @Field(() => [String]) readonly columns!: readonly string[];
  @Field(() => [ExplainedResultView]) readonly rows!: readonly Data<ExplainedResultView>[];
}

@ObjectType('MemberWeight', { description: 'One of the models that a model is made of.' })
export class MemberWeightView {
  @Field(() => String) readonly name!: string;
  @Field(() => Float, { description: 'Of sum 1.' }) readonly weight!: number;
  @Field(() => String, { nullable: true, description: 'Why it has no say, where it could not be fitted.' })
  readonly reason!: string | null;
}

@ObjectType('ImportancesResult')
export class ImportancesResultView {
  @Field(() => [ColumnImportanceView]) readonly columns!: readonly Data<ColumnImportanceView>[];
  @Field(() => Float, { description: '1 − R² on its own results before anything is permuted.' })
  readonly baseline!: number;
  @Field(() => ExplainedPredictionView, { nullable: true })
  readonly explained!: Data<ExplainedPredictionView> | null;
  @Field(() => ExplainedResultsView, { nullable: true })
  readonly results!: Data<ExplainedResultsView> | null;
  @Field(() => [MemberWeightView], { description: 'Of a model of several models, the most first.' })
  readonly weights!: readonly Data<MemberWeightView>[];
}

@ObjectType('DependenceLine')
export class DependenceLineView {
  @Field(() => Float, { nullable: true, description: 'Of the second column; null where there is none.' })
  readonly at!: number | null;
  @Field(() => [Float]) readonly mean!: readonly number[];
  @Field(() => [Float]) readonly lower!: readonly number[];
  @Field(() => [Float]) readonly upper!: readonly number[];
}

@ObjectType('DependenceResult')
export class DependenceResultView {
  @Field(() => [String]) readonly columns!: readonly string[];
  @Field(() => [Float], { description: 'Of the first column, as models see it: in the unit cube.' })
  readonly values!: readonly number[];
  @Field(() => [DependenceLineView]) readonly lines!: readonly Data<DependenceLineView>[];
  @Field(() => Float, { description: 'Of the intervals.' }) readonly coverage!: number;
}

@ObjectType('ModelMetrics', { description: 'Of predictions of results that the model had not seen.' })
export class ModelMetricsView {
  @Field(() => Float) readonly rmse!: number;
  @Field(() => Float) readonly mae!: number;
  @Field(() => Float) readonly r2!: number;
  @Field(() => Float, { description: 'Mean negative log predictive density.' }) readonly nlpd!: number;
  @Field(() => Float, { description: 'Mean continuous ranked probability score.' }) readonly crps!: number;
  @Field(() => Float) readonly coverage50!: number;
  @Field(() => Float) readonly coverage80!: number;
  @Field(() => Float) readonly coverage95!: number;
  @Field(() => Float, { nullable: true, description: 'Rank correlation with results.' })
  readonly spearman!: number | null;
}

@ObjectType('ParityPoint')
export class ParityPointView {
  @Field(() => Int, { description: 'Of the experiment.' }) readonly number!: number;
  @Field(() => Float) readonly actual!: number;
  @Field(() => Float) readonly mean!: number;
  @Field(() => Float) readonly sd!: number;
}

@ObjectType('LeftOutPrediction')
export class LeftOutPredictionView extends ParityPointView {
  @Field(() => Float, { description: 'The error by its median and MAD, in spreads of the prediction.' })
  readonly robustZ!: number;
  @Field(() => Boolean) readonly outlier!: boolean;
}

@ObjectType('CoveragePoint')
export class CoveragePointView {
  @Field(() => Float) readonly expected!: number;
  @Field(() => Float) readonly held!: number;
}

@ObjectType('CalibrationResult')
export class CalibrationResultView {
  @Field(() => String, { description: 'Of the model.' }) readonly kind!: string;
  @Field(() => [LeftOutPredictionView]) readonly rows!: readonly Data<LeftOutPredictionView>[];
  @Field(() => [CoveragePointView], {
    description: 'Of central intervals that should hold a share of the results, the share that they hold.',
  })
  readonly curve!: readonly Data<CoveragePointView>[];
  @Field(() => ModelMetricsView) readonly metrics!: Data<ModelMetricsView>;
  @Field(() => Boolean) readonly passed!: boolean;
  @Field(() => [String], { description: 'What falls short.' }) readonly reasons!: readonly string[];
}

@ObjectType('BenchedModel')
export class BenchedModelView {
  @Field(() => String) readonly name!: string;
  @Field(() => String) readonly about!: string;
  @Field(() => String, { nullable: true, description: 'Why it could not be fitted.' })
  readonly error!: string | null;
  @Field(() => ModelMetricsView, { nullable: true }) readonly metrics!: Data<ModelMetricsView> | null;
  @Field(() => [MemberWeightView], {
    description: 'Of a model of several models, fitted to all results, the most first.',
  })
  readonly weights!: readonly Data<MemberWeightView>[];
  @Field(() => [ParityPointView]) readonly parity!: readonly Data<ParityPointView>[];
}

@ObjectType('BenchResult')
export class BenchResultView {
  @Field(() => [BenchedModelView]) readonly models!: readonly Data<BenchedModelView>[];
}
