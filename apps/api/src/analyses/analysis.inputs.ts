import type { CandidateScore, FrontObjective, Json } from '@ionloop/domain';
import type { CandidateOrder } from '@ionloop/engine';
import { Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import { CandidateOrderEnum, CandidateScoreEnum, GoalEnum } from '../graphql/enums.js';
import { ObjectiveChangeInput, OutcomeLimitChangeInput } from '../campaigns/campaign.inputs.js';
import { CostInput } from '../campaigns/goals.js';
import { JsonScalar } from '../graphql/scalars.js';

@InputType({ description: 'Every candidate of a space that can be listed, with what is believed of it.' })
export class CandidatesInput {
  @Field(() => CandidateScoreEnum, { nullable: true, description: 'log_ei where it is left out.' })
  readonly score?: CandidateScore | null;
  @Field(() => Float, { nullable: true, description: 'Standard deviations of optimism that ucb has.' })
  readonly beta?: number | null;
  @Field(() => Int, { nullable: true, description: 'How many are drawn where the space cannot be listed.' })
  readonly drawn?: number | null;
}

@InputType({ description: 'What each place is worth; of the score the larger is better.' })
export class WorthInput {
  @Field(() => CandidateScoreEnum, { nullable: true, description: 'log_ei where it is left out.' })
  readonly score?: CandidateScore | null;
  @Field(() => Float, { nullable: true, description: 'Standard deviations of optimism that ucb has.' })
  readonly beta?: number | null;
}

@InputType({
  description: 'The model along one or two parameters, one component, or three or four components.',
})
export class SliceInput {
  @Field(() => [String], { description: 'Names of parameters, or mixture.component.' })
  readonly axes!: readonly string[];
  @Field(() => Int, { nullable: true, description: 'Values along each axis.' })
  readonly cells?: number | null;
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The point at which the rest is held; the best measured one where it is left out.',
  })
  readonly at?: Json;
  @Field(() => WorthInput, { nullable: true, description: 'Adds a score to each place.' })
  readonly worth?: WorthInput | null;
}

@InputType()
export class FrontObjectiveInput {
  @Field(() => String) readonly property!: string;
  @Field(() => GoalEnum, { defaultValue: 'maximise' }) readonly goal!: FrontObjective['goal'];
  @Field(() => Float, {
    nullable: true,
    description: 'The lower end of a window; that of the campaign where both ends are left out.',
  })
  readonly low?: number | null;
  @Field(() => Float, { nullable: true }) readonly high?: number | null;
}

@InputType({
  description:
    'Which measured experiments no other beats, in two to four measured properties, among those that keep the campaign’s limits.',
})
export class FrontInput {
  @Field(() => [FrontObjectiveInput]) readonly objectives!: readonly FrontObjectiveInput[];
}

@InputType()
export class ImportancesInput {
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'A point whose prediction is explained by Shapley values.',
  })
  readonly point?: Json;
  @Field(() => Int, { nullable: true }) readonly repeats?: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'How many results are explained by Shapley values too, evenly chosen where there are more.',
  })
  readonly results?: number | null;
}

@InputType()
export class DependenceInput {
  @Field(() => [String], { description: 'One or two of the columns that models see.' })
  readonly columns!: readonly string[];
  @Field(() => Int, { nullable: true }) readonly values?: number | null;
}

@InputType({ description: 'Models cross-validated on the campaign’s results.' })
export class BenchInput {
  @Field(() => [String], {
    nullable: true,
    description: 'Names of the catalogue; all where they are left out.',
  })
  readonly models?: readonly string[] | null;
  @Field(() => Int, { nullable: true }) readonly folds?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether options are chosen within each fold.' })
  readonly tuned?: boolean | null;
}

@InputType()
export class RelationsInput {
  @Field(() => Int, {
    nullable: true,
    description: 'How many groups; as many as fit best where it is left out.',
  })
  readonly clusters?: number | null;
  @Field(() => Int, { nullable: true, description: 'How many candidates are shown.' })
  readonly shown?: number | null;
}

@InputType()
export class AdviceInput {
  @Field(() => Float, {
    nullable: true,
    description: 'The gain that is worth an experiment, on the models’ scale.',
  })
  readonly worth?: number | null;
}

@InputType({ description: 'What is left out stays as the campaign has it.' })
export class WhatIfStrategyInput {
  @Field(() => String, { nullable: true }) readonly name?: string | null;
  @Field(() => Float, { nullable: true }) readonly beta?: number | null;
  @Field(() => String, { nullable: true }) readonly design?: string | null;
  @Field(() => String, { nullable: true }) readonly shape?: string | null;
  @Field(() => String, { nullable: true }) readonly shared?: string | null;
  @Field(() => Int, { nullable: true }) readonly replicates?: number | null;
}

@InputType()
export class WhatIfBoundsInput {
  @Field(() => String, { description: 'A parameter, or mixture.component.' }) readonly name!: string;
  @Field(() => Float, { nullable: true }) readonly min?: number | null;
  @Field(() => Float, { nullable: true }) readonly max?: number | null;
}

@InputType({ description: 'The next batch under other terms; nothing is committed.' })
export class WhatIfInput {
  @Field(() => Int, { nullable: true }) readonly count?: number | null;
  @Field(() => WhatIfStrategyInput, { nullable: true }) readonly strategy?: WhatIfStrategyInput | null;
  @Field(() => [WhatIfBoundsInput], { nullable: true }) readonly bounds?: readonly WhatIfBoundsInput[] | null;
  @Field(() => [ObjectiveChangeInput], {
    nullable: true,
    description: 'Other goals or windows, each named by its property; the others stay.',
  })
  readonly objectives?: readonly ObjectiveChangeInput[] | null;
  @Field(() => [OutcomeLimitChangeInput], {
    nullable: true,
    description: 'Other limits, each named by its property; the others stay.',
  })
  readonly limits?: readonly OutcomeLimitChangeInput[] | null;
  @Field(() => CostInput, { nullable: true, description: 'Another cost; null for none.' })
  readonly cost?: CostInput | null;
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'In place of the campaign’s own, before its bounds are changed.',
  })
  readonly space?: Json;
  @Field(() => GoalEnum, { nullable: true, description: 'Where the first property is to go.' })
  readonly goal?: FrontObjective['goal'] | null;
  @Field(() => String, { nullable: true }) readonly seed?: string | null;
}

@InputType({ description: 'In the unit of the objective.' })
export class ExpectedRangeInput {
  @Field(() => Float) readonly low!: number;
  @Field(() => Float) readonly high!: number;
}

@InputType({ description: 'In the unit of the property.' })
export class ExpectedPropertyInput {
  @Field(() => String) readonly property!: string;
  @Field(() => Float) readonly low!: number;
  @Field(() => Float) readonly high!: number;
}

@InputType({
  description:
    'The campaign played through on responses that its results leave possible, or before there are three, as models expect them.',
})
export class RehearsalInput {
  @Field(() => Int, { nullable: true, description: 'How many more; 30 where it is left out.' })
  readonly experiments?: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'How many campaigns, each with a response of its own; 20 where it is left out.',
  })
  readonly seeds?: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'A value of the first objective that is wanted, in its unit; none where that is a window.',
  })
  readonly target?: number | null;
  @Field(() => ExpectedRangeInput, {
    nullable: true,
    description: 'Where 95 % of results may lie; needed while there are fewer than three.',
  })
  readonly expect?: ExpectedRangeInput | null;
  @Field(() => [ExpectedPropertyInput], {
    nullable: true,
    description: 'The same of other measured properties, or of all of them.',
  })
  readonly expectOf?: readonly ExpectedPropertyInput[] | null;
  @Field(() => [String], {
    nullable: true,
    description: 'At most four to compare; the campaign’s own where they are left out.',
  })
  readonly strategies?: readonly string[] | null;
}

@InputType({ description: 'Exactly one of these.' })
export class AnalysisRequestInput {
  @Field(() => CandidatesInput, { nullable: true }) readonly candidates?: CandidatesInput | null;
  @Field(() => SliceInput, { nullable: true }) readonly slice?: SliceInput | null;
  @Field(() => FrontInput, { nullable: true }) readonly front?: FrontInput | null;
  @Field(() => ImportancesInput, { nullable: true }) readonly importances?: ImportancesInput | null;
  @Field(() => DependenceInput, { nullable: true }) readonly dependence?: DependenceInput | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Left-out predictions beside results, and how often intervals hold.',
  })
  readonly calibration?: boolean | null;
  @Field(() => BenchInput, { nullable: true }) readonly bench?: BenchInput | null;
  @Field(() => RelationsInput, {
    nullable: true,
    description: 'Correlations, collinearity, outliers, and groups of candidates.',
  })
  readonly relations?: RelationsInput | null;
  @Field(() => AdviceInput, {
    nullable: true,
    description: 'Whether to stop, and whether to trust the model.',
  })
  readonly advice?: AdviceInput | null;
  @Field(() => WhatIfInput, { nullable: true }) readonly whatIf?: WhatIfInput | null;
  @Field(() => RehearsalInput, { nullable: true }) readonly rehearsal?: RehearsalInput | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'The log, the tables and every plan, recomputed.',
  })
  readonly verification?: boolean | null;
}

@InputType()
export class StartAnalysisInput {
  @Field(() => ID) readonly campaignId!: string;
  @Field(() => AnalysisRequestInput) readonly request!: AnalysisRequestInput;
  @Field(() => String, { nullable: true }) readonly idempotencyKey?: string | null;
}

@InputType()
export class CancelAnalysisInput {
  @Field(() => ID) readonly id!: string;
}

@InputType()
export class CandidateOrderInput {
  @Field(() => CandidateOrderEnum, { defaultValue: 'score' }) readonly by!: CandidateOrder;
  @Field(() => Boolean, { defaultValue: true }) readonly descending!: boolean;
}

@InputType({ description: 'All that is given must hold; means and spreads are on the models’ scale.' })
export class CandidateFilterInput {
  @Field(() => Float, { nullable: true }) readonly meanFrom?: number | null;
  @Field(() => Float, { nullable: true }) readonly meanTo?: number | null;
  @Field(() => Float, { nullable: true }) readonly sdFrom?: number | null;
  @Field(() => Float, { nullable: true }) readonly sdTo?: number | null;
  @Field(() => Float, { nullable: true }) readonly scoreFrom?: number | null;
  @Field(() => Float, { nullable: true, description: 'The least probability that it can be made.' })
  readonly feasibleFrom?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether it was measured, failed or is under way.' })
  readonly tried?: boolean | null;
  @Field(() => String, { nullable: true, description: 'Anywhere in the point, whatever its case.' })
  readonly text?: string | null;
}
