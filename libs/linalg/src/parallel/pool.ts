/**
 * Worker threads for numerical work, each with a core and a memory of its own. How work is divided depends on the work alone, and answers
 * are put together in its order, so the number of threads changes no bit.
 */
import { availableParallelism } from 'node:os';
import { requireCount, requireFinite } from '../dense/checks.js';
import { matrix, selectRows, type Matrix } from '../dense/matrix.js';
import type { Conditioned } from '../gaussian/conditioned.js';
import type { GaussianData } from '../gaussian/data.js';
import type { Kernel } from '../gaussian/kernel.js';
import type { GaussianMarginals } from '../gaussian/posterior.js';
import { TopK, type Best } from '../select/topK.js';
import { blocksOf, blocksOfStream, type Block } from './candidates.js';
import { inOrder } from './inOrder.js';
import type { Likelihoods, OwnTasks, Score } from './ownTasks.js';
import type { AnswerOf, KeptOf, PayloadOf, Tasks } from './tasks.js';
import { Threads } from './threads.js';

const { max, min } = Math;

export interface PoolOptions {
  /**
   * At least 1; as many as the machine runs at once where it is left out. One thread is off the event loop too. Work on the caller's own
   * thread needs no pool: the functions themselves give the same bits. Threads start when there is work for them.
   */
  readonly threads?: number;
  /** A JavaScript module that exports `tasks`; each thread loads it. */
  readonly tasks?: URL;
  /** How many kept objects each thread holds before it forgets the one used longest ago; 8 where it is left out. */
  readonly mostKept?: number;
}

export interface RunOptions<Kept extends object> {
  /**
   * What many tasks need: sent to each thread once, known again by its identity, and so not to be changed. The task has it as its
   * second argument.
   */
  readonly kept?: Kept;
}

export interface Pool<T extends Tasks = OwnTasks> {
  readonly threads: number;

  /**
   * Does one task in a thread. The payload is copied when a thread takes it, except that the memory of `transfer` goes over and is lost to
   * the caller; until the answer comes it must not be changed.
   */
  run<Name extends keyof T & string>(
    task: Name,
    payload: PayloadOf<T[Name]>,
    options?: RunOptions<KeptOf<T[Name]>> & { readonly transfer?: readonly ArrayBuffer[] },
  ): Promise<AnswerOf<T[Name]>>;

  /** The answers to many payloads, in their order; of failures the one of the first payload that fails. */
  map<Name extends keyof T & string>(
    task: Name,
    payloads: Iterable<PayloadOf<T[Name]>> | AsyncIterable<PayloadOf<T[Name]>>,
    options?: RunOptions<KeptOf<T[Name]>>,
  ): Promise<AnswerOf<T[Name]>[]>;

  /** Mean and variance at each row of X, as `posteriorMarginals` gives them. X is copied block by block as threads take it. */
  posteriorMarginals(conditioned: Conditioned, X: Matrix): Promise<GaussianMarginals>;

  /** ln p(y) and its gradient at each row of `thetas`, as `withMarginalLikelihood` gives them. */
  marginalLikelihoods(kernel: Kernel, data: GaussianData, thetas: Matrix): Promise<Likelihoods>;

  /**
   * The k candidates with the largest scores, numbered through the stream; among equal scores the lower number wins. The stream is asked
   * for its next block only when there is room for it: at most two blocks of 4096 rows for each thread are under way.
   */
  topK(
    conditioned: Conditioned,
    stream: Iterable<Matrix> | AsyncIterable<Matrix>,
    options: { readonly k: number; readonly score: Score },
  ): Promise<Best>;

  /** Lets the threads forget an object, a conditioned process or data for instance; they would else keep it until others crowd it out. */
  release(kept: object): void;

  /** Rejects what waits or runs with a `PoolClosedError` and resolves when no thread is left. */
  close(): Promise<void>;
}

/** Idle threads do not keep the process alive. */
export function openPool(options?: Omit<PoolOptions, 'tasks'>): Pool;
export function openPool<T extends Tasks>(options: PoolOptions & { readonly tasks: URL }): Pool<OwnTasks & T>;
export function openPool({ threads = availableParallelism(), tasks, mostKept = 8 }: PoolOptions = {}): Pool {
  requireCount('threads', threads, 1);
  requireCount('mostKept', mostKept, 1);
  return new ThreadPool(threads, new Threads(threads, { tasks: tasks?.href ?? null }, mostKept));
}

class ThreadPool implements Pool {
  /** One block in work and one on its way, for each thread. */
  private readonly width: number;

  constructor(
    readonly threads: number,
    private readonly line: Threads,
  ) {
    this.width = 2 * threads;
  }

  run<Name extends keyof OwnTasks>(
    task: Name,
    payload: PayloadOf<OwnTasks[Name]>,
    { kept, transfer = [] }: { kept?: object; transfer?: readonly ArrayBuffer[] } = {},
  ): Promise<AnswerOf<OwnTasks[Name]>> {
    return this.line.do({ task, payload, kept, transfer }) as Promise<AnswerOf<OwnTasks[Name]>>;
  }

  async map<Name extends keyof OwnTasks>(
    task: Name,
    payloads: Iterable<PayloadOf<OwnTasks[Name]>> | AsyncIterable<PayloadOf<OwnTasks[Name]>>,
    options: RunOptions<object> = {},
  ): Promise<AnswerOf<OwnTasks[Name]>[]> {
    const answers: AnswerOf<OwnTasks[Name]>[] = [];
    await inOrder(payloads, this.width, async (payload, index) => {
      answers[index] = await this.run(task, payload, options);
    });
    return answers;
  }

  async posteriorMarginals(conditioned: Conditioned, X: Matrix): Promise<GaussianMarginals> {
    const mean = new Float64Array(X.rows);
    const variance = new Float64Array(X.rows);
    await inOrder(blocksOf('X', X, conditioned.X.cols), this.width, async (block) => {
      const found = await this.run('posteriorMarginals', block.X, giving(block, conditioned));
      mean.set(found.mean, block.first);
      variance.set(found.variance, block.first);
    });
    return { mean, variance };
  }

  async marginalLikelihoods(kernel: Kernel, data: GaussianData, thetas: Matrix): Promise<Likelihoods> {
    const each = thetasAtOnce(data.X.rows);
    const first = Array.from({ length: Math.ceil(thetas.rows / each) }, (_, i) => i * each);
    const values = new Float64Array(thetas.rows);
    const gradients = matrix(thetas.rows, thetas.cols);
    await inOrder(first, this.width, async (from) => {
      const indices = Array.from({ length: min(each, thetas.rows - from) }, (_, i) => from + i);
      const payload = { kernel, thetas: selectRows(thetas, indices) };
      const found = await this.run('marginalLikelihoods', payload, { kept: data });
      values.set(found.values, from);
      gradients.data.set(found.gradients.data, from * thetas.cols);
    });
    return { values, gradients };
  }

  async topK(
    conditioned: Conditioned,
    stream: Iterable<Matrix> | AsyncIterable<Matrix>,
    { k, score }: { readonly k: number; readonly score: Score },
  ): Promise<Best> {
    const top = new TopK(k);
    requireFinite('score', Float64Array.of(score.mean, score.sd));
    const blocks = blocksOfStream('stream', stream, conditioned.X.cols);
    await inOrder(blocks, this.width, async (block) => {
      const scores = await this.run('scores', { X: block.X, score }, giving(block, conditioned));
      top.offer(scores, block.first);
    });
    return top.best();
  }

  release(kept: object): void {
    this.line.release(kept);
  }

  close(): Promise<void> {
    return this.line.close();
  }
}

function giving({ X }: Block, kept: Conditioned): { kept: Conditioned; transfer: readonly ArrayBuffer[] } {
  return { kept, transfer: [X.data.buffer as ArrayBuffer] };
}

/** So many that a message costs little beside the work, which grows with n³. */
function thetasAtOnce(n: number): number {
  return max(1, min(64, Math.floor(1e8 / (n * n * n))));
}
