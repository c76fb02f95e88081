import { notFound, type Token } from '@ionloop/domain';
import {
  type Analysis,
  type CandidateFilter,
  cancelAnalysis,
  type Engine,
  startAnalysis,
} from '@ionloop/engine';
import type { Jobs } from '@ionloop/jobs';
import { Inject } from '@nestjs/common';
import {
  Args,
  Context,
  ID,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
  Subscription,
} from '@nestjs/graphql';
import { actorOf } from '../access/actor.js';
import { Caller } from '../access/caller.js';
import {
  connectionClass,
  type ConnectionOf,
  connectionOf,
  PageArgs,
  pagingOf,
} from '../graphql/connection.js';
import type { OperationContext } from '../graphql/context.js';
import type { Data } from '../graphql/data.js';
import { orUserErrors } from '../graphql/user-errors.js';
import { watch } from '../graphql/watch.js';
import { ENDING, ENGINE, JOBS } from '../parts.js';
import {
  CancelAnalysisInput,
  CandidateFilterInput,
  CandidateOrderInput,
  StartAnalysisInput,
} from './analysis.inputs.js';
import { type AnalysisResult, analysisResult, AnalysisResultUnion } from './analysis-result.js';
import { AnalysisPayload, AnalysisView, analysisView } from './analysis.view.js';
import { CandidatesResultView, CandidateView } from './campaign-results.view.js';

type Changed = Pick<AnalysisPayload, 'analysis'>;
const none: Changed = { analysis: null };
const CandidateConnection = connectionClass('Candidate', () => CandidateView);

@Resolver(() => AnalysisView)
export class AnalysesResolver {
  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(ENDING) private readonly ending: AbortSignal,
  ) {}

  @Query(() => AnalysisView, { nullable: true })
  async analysis(
    @Args('id', { type: () => ID }) id: string,
    @Context() { loaders }: OperationContext,
  ): Promise<Data<AnalysisView> | null> {
    const analysis = await loaders.analysis.load(id);
    return analysis && analysisView(analysis);
  }

  @Mutation(() => AnalysisPayload, {
    description: 'Asks a question. One that was asked of the same state before has its answer already.',
  })
  startAnalysis(
    @Args('input', { type: () => StartAnalysisInput })
    { campaignId, request, idempotencyKey }: StartAnalysisInput,
    @Caller() caller: Token,
  ): Promise<Data<AnalysisPayload>> {
    return orUserErrors(none, async () => {
      const key = idempotencyKey ?? undefined;
      const started = await startAnalysis(this.engine, this.jobs, actorOf(caller), campaignId, request, key);
      return { analysis: analysisView(started) };
    });
  }

  @Mutation(() => AnalysisPayload)
  cancelAnalysis(
    @Args('input', { type: () => CancelAnalysisInput }) { id }: CancelAnalysisInput,
  ): Promise<Data<AnalysisPayload>> {
    return orUserErrors(none, async () => ({
      analysis: analysisView(await cancelAnalysis(this.engine, id)),
    }));
  }

  @Subscription(() => AnalysisView, {
    description: 'The analysis as it is and each time that it has come further; ends with it.',
    resolve: analysisView,
  })
  async analysisProgress(@Args('id', { type: () => ID }) id: string): Promise<AsyncIterable<unknown>> {
    const { analyses } = this.engine.store;
    const look = async (): Promise<Analysis | undefined> => (await analyses.byIds([id]))[0];
    if (!(await look())) throw notFound('analysis', id);
    return watch({ look, isOver: ({ endedAt }) => endedAt !== null }, this.ending);
  }

  @ResolveField(() => AnalysisResultUnion, {
    nullable: true,
    description: 'Null until it is completed.',
  })
  async result(
    { id, kind }: Data<AnalysisView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<AnalysisResult | null> {
    const kept = await loaders.analysisResult.load(id);
    return kept === null ? null : analysisResult(id, kind as Parameters<typeof analysisResult>[1], kept);
  }
}

@Resolver(() => CandidatesResultView)
export class CandidatesResolver {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @ResolveField(() => CandidateConnection, { description: 'Sorted, filtered and paged on the server.' })
  async candidates(
    @Parent() { analysisId }: Data<CandidatesResultView>,
    @Args() page: PageArgs,
    @Args('orderBy', { type: () => CandidateOrderInput, nullable: true })
    orderBy?: CandidateOrderInput | null,
    @Args('filter', { type: () => CandidateFilterInput, nullable: true })
    filterInput?: CandidateFilterInput | null,
  ): Promise<ConnectionOf<Data<CandidateView>>> {
    const { analyses } = this.engine.store;
    const { by = 'score', descending = true } = orderBy ?? {};
    const name = `candidates by ${by}${descending ? ', descending' : ''}`;
    const paging = pagingOf(page, { name, key: by === 'number' ? null : 'number', tie: 'number' });
    const filter = candidateFilterOf(filterInput ?? {});
    const listed = await analyses.candidates(analysisId, filter, { by, descending }, paging.asked);
    return connectionOf(
      listed,
      paging,
      (candidate) => candidate,
      () => analyses.countCandidates(analysisId, filter),
    );
  }
}

/** What is null was not given. */
const candidateFilterOf = (input: Data<CandidateFilterInput>): CandidateFilter =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
