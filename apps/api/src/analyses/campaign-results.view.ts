import type { Json } from '@ionloop/domain';
import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { Data } from '../graphql/data.js';
import { JsonScalar } from '../graphql/scalars.js';
import { ModelMetricsView } from './model-results.view.js';

/** Answers about the campaign: what it found, how its data hang together, what comes next. */

@ObjectType('Candidate', {
  description: 'On the models’ scale, in the property’s own direction; of the score the larger is better.',
})
export class CandidateView {
  @Field(() => Int, { description: 'From 0, in the order of the space.' }) readonly number!: number;
  @Field(() => JsonScalar) readonly point!: Json;
  @Field(() => Float) readonly mean!: number;
  @Field(() => Float) readonly sd!: number;
  @Field(() => Float) readonly score!: number;
  @Field(() => Float, { description: 'The probability that it can be made.' }) readonly feasible!: number;
  @Field(() => Boolean, { description: 'Whether it was measured, failed or is under way.' })
  readonly tried!: boolean;
}

@ObjectType('CandidatesResult')
export class CandidatesResultView {
  readonly analysisId!: string;
  @Field(() => Int) readonly count!: number;
  @Field(() => Boolean, { description: 'Whether these are all; else they were drawn evenly.' })
  readonly whole!: boolean;
  @Field(() => String) readonly score!: string;
}

@ObjectType('FrontPoint')
export class FrontPointView {
  @Field(() => Int, { description: 'Of the experiment.' }) readonly number!: number;
  @Field(() => JsonScalar) readonly point!: Json;
  @Field(() => [Float], { description: 'In the order of the objectives, in their units.' })
  readonly values!: readonly number[];
  @Field(() => Boolean, {
    description: 'Whether it keeps all limits, and no other such beats it; of equal ones all are.',
  })
  readonly onFront!: boolean;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it keeps the campaign’s limits; null where one was not measured.',
  })
  readonly keepsLimits!: boolean | null;
}

@ObjectType('HypervolumePoint')
export class HypervolumePointView {
  @Field(() => Int) readonly number!: number;
  @Field(() => Float) readonly volume!: number;
}

@ObjectType('FrontResult')
export class FrontResultView {
  @Field(() => [FrontPointView]) readonly points!: readonly Data<FrontPointView>[];
  @Field(() => [HypervolumePointView], {
    description:
      'Of the box between the worst and the best of each property, the share that is dominated by what keeps all limits.',
  })
  readonly growth!: readonly Data<HypervolumePointView>[];
}

@ObjectType('ColumnCorrelation')
export class ColumnCorrelationView {
  @Field(() => String) readonly a!: string;
  @Field(() => String) readonly b!: string;
  @Field(() => Float, { nullable: true }) readonly pearson!: number | null;
  @Field(() => Float, { nullable: true }) readonly spearman!: number | null;
}

@ObjectType('ColumnInflation')
export class ColumnInflationView {
  @Field(() => String) readonly column!: string;
  @Field(() => Float, {
    nullable: true,
    description: 'Of its variance; null for infinite: it is constant, or a combination of others.',
  })
  readonly factor!: number | null;
  @Field(() => [String]) readonly collinearWith!: readonly string[];
}

@ObjectType('RelatedResult')
export class RelatedResultView {
  @Field(() => Int) readonly number!: number;
  @Field(() => Float, { description: 'By median and MAD of all results.' }) readonly robustZ!: number;
  @Field(() => Boolean) readonly outlier!: boolean;
  @Field(() => Float, { description: 'Towards 1 for a point that stands apart from the others.' })
  readonly isolation!: number;
}

@ObjectType('MapPoint')
export class MapPointView {
  @Field(() => Int, { nullable: true, description: 'Of the experiment; null of a candidate.' })
  readonly number!: number | null;
  @Field(() => JsonScalar) readonly point!: Json;
  @Field(() => Float) readonly x!: number;
  @Field(() => Float) readonly y!: number;
  @Field(() => Int) readonly cluster!: number;
}

@ObjectType('ClusterCount')
export class ClusterCountView {
  @Field(() => Int) readonly k!: number;
  @Field(() => Float) readonly silhouette!: number;
}

@ObjectType('CandidateMap', { description: 'Along the two directions in which candidates vary most.' })
export class CandidateMapView {
  @Field(() => [Float], { description: 'Shares of the variance.' }) readonly explained!: readonly number[];
  @Field(() => Int) readonly clusters!: number;
  @Field(() => [ClusterCountView], { description: 'How well each number of groups does.' })
  readonly tried!: readonly Data<ClusterCountView>[];
  @Field(() => [MapPointView]) readonly candidates!: readonly Data<MapPointView>[];
  @Field(() => [MapPointView]) readonly results!: readonly Data<MapPointView>[];
}

@ObjectType('TreeLeaf')
export class TreeLeafView {
  @Field(() => [Int], { description: 'Experiments: one, or of very many those that lie nearest.' })
  readonly numbers!: readonly number[];
}

@ObjectType('TreeMerge')
export class TreeMergeView {
  @Field(() => Int, { description: 'A leaf from 0, or leaves + the number of an earlier merge.' })
  readonly left!: number;
  @Field(() => Int) readonly right!: number;
  @Field(() => Float, { description: 'Of two leaves their distance, as models see them.' })
  readonly height!: number;
}

@ObjectType('ResultTree', { description: 'How results join, the nearest first, by Ward’s rule.' })
export class ResultTreeView {
  @Field(() => [TreeLeafView]) readonly leaves!: readonly Data<TreeLeafView>[];
  @Field(() => [TreeMergeView], { description: 'By rising height.' })
  readonly merges!: readonly Data<TreeMergeView>[];
}

@ObjectType('RelationsResult')
export class RelationsResultView {
  @Field(() => [String], { description: 'What models see, and the measured property as the last.' })
  readonly columns!: readonly string[];
  @Field(() => [ColumnCorrelationView], { description: 'Each pair once.' })
  readonly correlations!: readonly Data<ColumnCorrelationView>[];
  @Field(() => [ColumnInflationView]) readonly inflation!: readonly Data<ColumnInflationView>[];
  @Field(() => [RelatedResultView]) readonly results!: readonly Data<RelatedResultView>[];
  @Field(() => CandidateMapView, { nullable: true }) readonly map!: Data<CandidateMapView> | null;
  @Field(() => ResultTreeView, {
    nullable: true,
    description: 'Null in answers of before there were trees, and where there are too many results.',
  })
  readonly tree!: Data<ResultTreeView> | null;
}

@ObjectType('StopAdvice')
export class StopAdviceView {
  @Field(() => String, { description: 'stop or go on.' }) readonly verdict!: string;
  @Field(() => String) readonly reason!: string;
  @Field(() => Float, { nullable: true }) readonly expectedRegret!: number | null;
  @Field(() => Float, { nullable: true }) readonly regretBound!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'The probability that something left beats the best so far by more than is worth it.',
  })
  readonly anythingBetter!: number | null;
  @Field(() => Float) readonly worth!: number;
  @Field(() => Int, { description: 'How many of the last results brought no such gain.' })
  readonly plateau!: number;
  @Field(() => Int, { nullable: true }) readonly budgetLeft!: number | null;
}

@ObjectType('OutlyingResult')
export class OutlyingResultView {
  @Field(() => Int) readonly number!: number;
  @Field(() => JsonScalar) readonly point!: Json;
  @Field(() => Float) readonly robustZ!: number;
}

@ObjectType('ModelTrust')
export class ModelTrustView {
  @Field(() => String, { description: 'yes, with care or no.' }) readonly trust!: string;
  @Field(() => String) readonly verdict!: string;
  @Field(() => [String]) readonly faults!: readonly string[];
  @Field(() => ModelMetricsView) readonly metrics!: Data<ModelMetricsView>;
  @Field(() => Float) readonly rankCorrelation!: number;
  @Field(() => Float) readonly drift!: number;
  @Field(() => Boolean) readonly drifts!: boolean;
  @Field(() => [OutlyingResultView]) readonly outliers!: readonly Data<OutlyingResultView>[];
}

@ObjectType('AdviceResult')
export class AdviceResultView {
  @Field(() => StopAdviceView) readonly stop!: Data<StopAdviceView>;
  @Field(() => ModelTrustView, { nullable: true, description: 'Null of fewer than five results.' })
  readonly trust!: Data<ModelTrustView> | null;
}

@ObjectType('WhatIfProposal')
export class WhatIfProposalView {
  @Field(() => JsonScalar) readonly point!: Json;
  @Field(() => String) readonly origin!: string;
  @Field(() => Float, { nullable: true }) readonly mean!: number | null;
  @Field(() => Float, { nullable: true }) readonly sd!: number | null;
  @Field(() => Float, { nullable: true, description: 'Of the acquisition.' })
  readonly score!: number | null;
  @Field(() => String) readonly reason!: string;
}

@ObjectType('WhatIfResult')
export class WhatIfResultView {
  @Field(() => [WhatIfProposalView]) readonly proposals!: readonly Data<WhatIfProposalView>[];
  @Field(() => String, { nullable: true }) readonly model!: string | null;
  @Field(() => [Int], {
    description: 'Experiments that models of the changed space do not see: not learned from.',
  })
  readonly leftOut!: readonly number[];
}

@ObjectType('PlanVerdict')
export class PlanVerdictView {
  @Field(() => Int) readonly number!: number;
  @Field(() => Boolean) readonly identical!: boolean;
  @Field(() => String) readonly detail!: string;
}

@ObjectType('VerificationResult')
export class VerificationResultView {
  @Field(() => Boolean) readonly ok!: boolean;
  @Field(() => Int) readonly events!: number;
  @Field(() => String) readonly headHash!: string;
  @Field(() => Boolean, {
    description: 'False where the campaign moved on each time the tables were looked at.',
  })
  readonly tablesCompared!: boolean;
  @Field(() => [String]) readonly faults!: readonly string[];
  @Field(() => [PlanVerdictView]) readonly plans!: readonly Data<PlanVerdictView>[];
}
