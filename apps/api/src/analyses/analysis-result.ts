import type { AnalysisKind, Json } from '@ionloop/domain';
import { createUnionType } from '@nestjs/graphql';
import {
  AdviceResultView,
  CandidatesResultView,
  FrontResultView,
  RelationsResultView,
  VerificationResultView,
  WhatIfResultView,
} from './campaign-results.view.js';
import {
  BenchResultView,
  CalibrationResultView,
  DependenceResultView,
  ImportancesResultView,
  SliceResultView,
} from './model-results.view.js';
import { RehearsalResultView } from './rehearsal-result.view.js';

export const AnalysisResultUnion = createUnionType({
  name: 'AnalysisResult',
  types: () =>
    [
      CandidatesResultView,
      SliceResultView,
      FrontResultView,
      ImportancesResultView,
      DependenceResultView,
      CalibrationResultView,
      BenchResultView,
      RelationsResultView,
      AdviceResultView,
      WhatIfResultView,
      RehearsalResultView,
      VerificationResultView,
    ] as const,
  resolveType: (value: AnalysisResult) => value.__typename,
});

export interface AnalysisResult {
  readonly __typename: string;
}

/** A kept answer as the schema has it. */
export function analysisResult(analysisId: string, kind: AnalysisKind, kept: Json): AnalysisResult {
  const name = kind.charAt(0).toUpperCase() + kind.slice(1);
  const answer = kept as unknown as object;
  return { ...shaped(kind, answer), analysisId, __typename: `${name}Result` } as AnalysisResult;
}

function shaped(kind: AnalysisKind, answer: object): object {
  switch (kind) {
    case 'bench':
      return benchOf(answer as KeptBench);
    case 'importances':
      // Answers that were kept before members were told of have none.
      return { weights: [], ...answer };
    case 'dependence':
      return dependenceOf(answer as KeptDependence);
    case 'relations':
      return relationsOf(answer as KeptRelations);
    case 'whatIf':
      return whatIfOf(answer as KeptWhatIf);
    case 'rehearsal':
      return rehearsalOf(answer as KeptRehearsal);
    default:
      return answer;
  }
}

interface KeptBench {
  readonly models: readonly object[];
}

const benchOf = ({ models }: KeptBench): object => ({
  models: models.map((model) => ({ weights: [], ...model })),
});

interface KeptDependence {
  readonly columns: readonly string[];
  readonly values: readonly (readonly number[])[];
  readonly mean: readonly (readonly number[])[];
  readonly lower: readonly (readonly number[])[];
  readonly upper: readonly (readonly number[])[];
  readonly coverage: number;
}

const dependenceOf = ({ columns, values, mean, lower, upper, coverage }: KeptDependence): object => ({
  columns,
  values: values[0],
  lines: mean.map((line, i) => ({
    at: values[1]?.[i] ?? null,
    mean: line,
    lower: lower[i],
    upper: upper[i],
  })),
  coverage,
});

type Table = readonly (readonly (number | null)[])[];
interface KeptRelations {
  readonly columns: readonly string[];
  readonly pearson: Table;
  readonly spearman: Table;
}

const relationsOf = ({ pearson, spearman, ...rest }: KeptRelations): object => ({
  ...rest,
  correlations: rest.columns.flatMap((a, i) =>
    rest.columns.slice(i + 1).map((b, k) => {
      const j = i + 1 + k;
      return { a, b, pearson: pearson[i]?.[j] ?? null, spearman: spearman[i]?.[j] ?? null };
    }),
  ),
});

interface KeptWhatIf {
  readonly proposals: readonly {
    readonly prediction: { readonly mean: number; readonly sd: number } | null;
    readonly acquisition: { readonly value: number } | null;
  }[];
}

const whatIfOf = ({ proposals, ...rest }: KeptWhatIf): object => ({
  ...rest,
  proposals: proposals.map(({ prediction, acquisition, ...proposal }) => ({
    ...proposal,
    mean: prediction?.mean ?? null,
    sd: prediction?.sd ?? null,
    score: acquisition?.value ?? null,
  })),
});

type Pair = readonly [number, number];
interface KeptRehearsal {
  readonly strategies: readonly {
    readonly rounds: readonly { readonly half: Pair; readonly ninety: Pair }[];
  }[];
}

const rehearsalOf = ({ strategies, ...rest }: KeptRehearsal): object => ({
  // Answers that were kept before there were shares are values.
  measure: 'value',
  ...rest,
  strategies: strategies.map(({ rounds, ...strategy }) => ({
    ...strategy,
    rounds: rounds.map(({ half, ninety, ...round }) => ({
      ...round,
      ...{ low50: half[0], high50: half[1], low90: ninety[0], high90: ninety[1] },
    })),
  })),
});
