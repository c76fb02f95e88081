import { median } from '../report/statistics.js';

/** How much is gained over random draws, as Liang et al. 2021 (npj Comput. Mater. 7, 188) measure it. */

export interface PoolSize {
  readonly top: number;
  readonly pool: number;
}

const shares = [0.1, 0.25, 0.5, 0.8] as const;

/** On average, before `wanted` of the top are drawn without replacement. */
const drawsFor = (wanted: number, { top, pool }: PoolSize): number => (wanted * (pool + 1)) / (top + 1);

/** `hits[run][i]`: whether experiment i of a run was one of the top. */
export function acceleration(
  hits: readonly (readonly boolean[])[],
  size: PoolSize,
): Readonly<Record<string, number | null>> {
  return Object.fromEntries(
    shares.map((share) => {
      const wanted = Math.ceil(share * size.top);
      const needed = median(hits.map((run) => experimentsFor(run, wanted)));
      return [String(share), Number.isFinite(needed) ? drawsFor(wanted, size) / needed : null];
    }),
  );
}

/** On average over the runs, by the same of random draws, which is known. */
export function enhancement(
  hits: readonly (readonly boolean[])[],
  { top, pool }: PoolSize,
  checkpoints: readonly number[],
): Readonly<Record<string, number>> {
  const length = Math.min(...hits.map((run) => run.length));
  const factors = Array.from({ length }, (_, i) => {
    const found = hits.reduce((sum, run) => sum + run.slice(0, i + 1).filter((hit) => hit).length, 0);
    return found / hits.length / top / ((i + 1) / pool);
  });
  return Object.fromEntries([
    ...checkpoints.flatMap((at) => factors.slice(at - 1, at).map((factor) => [String(at), factor] as const)),
    ['max', Math.max(...factors)],
  ]);
}

function experimentsFor(run: readonly boolean[], wanted: number): number {
  let found = 0;
  const at = run.findIndex((hit) => hit && ++found === wanted);
  return at < 0 ? Infinity : at + 1;
}
