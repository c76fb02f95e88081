import type { ChunkResult, Json, ScreenTally } from '@ionloop/domain';
import {
  analysisTasks,
  chunkCount,
  keptOf,
  plan,
  plannerVersion,
  type ScreenPlan,
  screeningTasks,
  type ScreenRequest,
  type WholeTask,
} from '@ionloop/planner';
import {
  type Analyst,
  type Engine,
  InMemoryStore,
  type Planner,
  quietEngine,
  type Screener,
} from '../src/index.js';

/** The planner's own answers, in this thread. */
export const planner: Planner = {
  version: plannerVersion,
  plan: (request) => Promise.resolve(plan(request)),
};

export const analyst: Analyst = {
  async analyse(request, input, report) {
    if (request.kind === 'candidates') {
      const task = { request, input };
      const { count, whole } = analysisTasks.countCandidates(task);
      const { points, mean, sd, score, feasible, tried } = analysisTasks.scoreCandidates(
        { from: 0, to: count },
        task,
      );
      const at = (values: ArrayLike<number>, i: number): number => values[i] ?? NaN;
      await report.candidates(
        points.map((point, number) => ({
          number,
          point: JSON.parse(point) as { readonly [name: string]: never },
          ...{ mean: at(mean, number), sd: at(sd, number), score: at(score, number) },
          ...{ feasible: at(feasible, number), tried: tried[number] ?? false },
        })),
      );
      await report.progress(count, count);
      return { count, whole, score: request.score };
    }
    await report.progress(0, 1);
    return analysisTasks.analyse({ request, input } as WholeTask);
  },
};

export const screener: Screener = {
  // What it refuses is a promise that fails, as by threads.
  prepare: async (request) => {
    const prepared = screeningTasks.prepareScreen(request as unknown as ScreenRequest);
    const candidates = String(BigInt(prepared.to) - BigInt(prepared.from));
    const size = { chunks: chunkCount(prepared), candidates, kept: keptOf(prepared.settings) };
    return Promise.resolve({ plan: prepared as unknown as Json, size });
  },
  chunk: async (_, readPlan, chunk): Promise<ChunkResult> =>
    screeningTasks.screenChunk({ chunk }, (await readPlan()) as unknown as ScreenPlan).result,
  finish: async (_, readPlan, tally: ScreenTally) =>
    screeningTasks.finishScreen(tally, (await readPlan()) as unknown as ScreenPlan) as unknown as Json,
};

export const newEngine = (clock = (): Date => new Date()): Engine => quietEngine(new InMemoryStore(clock));
