import { knowledgeGradient } from '@ionloop/acquisition';
import { canPay, type Point, priceOf } from '@ionloop/domain';
import type { Philox } from '@ionloop/linalg';
import type { Round } from './round.js';

/** Below this share of the variance of all results noise is no reason to repeat anything. */
const noiseWorthRepeating = 0.01;

/**
 * A measured point whose repetition would teach more than measuring `chosen`: by the knowledge gradient, how much the best prediction over the space
 * is expected to rise. Only where points may be measured more than once and noise is known or learned to be there.
 */
export function repeatWorthMore(
  { request, space, known, model, references }: Round,
  chosen: Point,
  waiting: readonly Point[],
  rng: Philox,
): Point | null {
  const { replicates = 1 } = request.strategy;
  const { cost } = request;
  const [{ points, data, window }] = known.responses;
  if (replicates <= 1 || known.responses.length > 1 || window !== null) return null;
  const noise = noiseOf(data.noise, model.diagnostics().noiseVariance);
  if (!(noise > noiseWorthRepeating * varianceOf(data.y))) return null;
  const uses = new Map<string, number>();
  for (const point of [...points, ...waiting]) {
    const key = space.key(point);
    uses.set(key, (uses.get(key) ?? 0) + 1);
  }
  const open = new Map(points.map((point) => [space.key(point), point]));
  const repeats = [...open]
    .filter(([key]) => uses.get(key)! < replicates)
    .map(([, point]) => point)
    .filter((point) => cost === undefined || canPay(cost, priceOf(cost, point)));
  if (repeats.length === 0) return null;
  const rows = space.encode([chosen, ...repeats]);
  const scores = knowledgeGradient({ pool: references, noise }).score(model, rows, {
    best: 0,
    rng: rng.split('repeat'),
  });
  const best = scores.reduce((most, score, i) => (score > scores[most]! ? i : most), 0);
  return best === 0 ? null : repeats[best - 1]!;
}

/** Of one measurement: what the rows say, on average over those that do, or else what the model learned. */
function noiseOf(rows: Float64Array | undefined, learned: number | undefined): number {
  const told = Array.from(rows ?? []).filter((variance) => variance > 0);
  return told.length > 0 ? told.reduce((sum, v) => sum + v, 0) / told.length : (learned ?? 0);
}

function varianceOf(y: Float64Array): number {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  return y.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / y.length;
}
