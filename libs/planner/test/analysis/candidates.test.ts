import { describe, expect, it } from '@jest/globals';
import type { CandidateScore, PlanRequest, Point } from '@ionloop/domain';
import { normCdf, normPdf } from '@ionloop/linalg';
import { analysisTasks, type CandidateTask, type ScoredChunk } from '../../src/index.js';
import { material, measured, plain, smallPool } from '../support.js';
import { downhill, inputOf, kept, onSquare, predict, scattered } from './support.js';

const taskOf = (campaign: PlanRequest, score: CandidateScore = 'mean', beta = 2): CandidateTask => ({
  input: inputOf(campaign, { model: kept(campaign).model }),
  request: { kind: 'candidates', score, beta, drawn: 25 },
});
const chunk = (task: CandidateTask, from: number, to: number): ScoredChunk =>
  analysisTasks.scoreCandidates({ from, to }, task);
const all = (task: CandidateTask): ScoredChunk => chunk(task, 0, 25);
const pointsOf = ({ points }: ScoredChunk): readonly Point[] =>
  points.map((text) => JSON.parse(text) as Point);
const coordinates = ({ a, b }: Point): readonly [number, number] => [a as number, b as number];

/** What the kept model says of the candidates, and the best that it expects of what was tried. */
function believed(campaign: PlanRequest, found: ScoredChunk) {
  const { surrogate } = kept(campaign);
  const best = Math.max(...predict(surrogate, scattered.map(coordinates)).mean);
  return { ...predict(surrogate, pointsOf(found).map(coordinates)), best };
}

describe('a list of candidates', () => {
  const listed = onSquare({
    space: smallPool,
    observations: measured(
      [3, 9, 14, 22, 31].map((i) => ({ material: `M${i}` })),
      material,
    ),
    failures: [{ material: 'M7' }],
    pending: [{ material: 'M8' }],
  });

  it('is the whole of a space that can be listed, in whatever pieces', () => {
    const task = taskOf(listed);
    expect(analysisTasks.countCandidates(task)).toEqual({ count: 40, whole: true });
    const whole = chunk(task, 0, 40);
    expect(pointsOf(whole).map((point) => point['material'])).toEqual(
      Array.from({ length: 40 }, (_, i) => `M${i}`),
    );
    const pieces = [chunk(taskOf(listed), 0, 7), chunk(task, 7, 39), chunk(task, 39, 60)];
    expect(pieces.flatMap(pointsOf)).toEqual(pointsOf(whole));
    for (const column of ['mean', 'sd', 'score', 'feasible'] as const) {
      expect(pieces.flatMap((piece) => [...piece[column]])).toEqual([...whole[column]]);
    }
    expect(chunk(task, 40, 60)).toMatchObject({ points: [], tried: [], mean: new Float64Array() });
  });

  it('knows what was measured, failed or is under way', () => {
    const found = chunk(taskOf(listed), 0, 40);
    const tried = pointsOf(found).filter((_, i) => found.tried[i] === true);
    expect(tried.map((point) => point['material'])).toEqual(['M3', 'M7', 'M8', 'M9', 'M14', 'M22', 'M31']);
  });

  it('is drawn from a space that cannot be listed, the same again', () => {
    const task = taskOf(onSquare());
    expect(analysisTasks.countCandidates(task)).toEqual({ count: 25, whole: false });
    const found = all(task);
    expect(new Set(found.points).size).toBe(25);
    expect(all(taskOf(onSquare()))).toEqual(found);
    expect(found.tried).not.toContain(true);
  });
});

describe('what a candidate is worth', () => {
  it.each<[CandidateScore, (mean: number, sd: number, best: number) => number]>([
    ['mean', (mean) => mean],
    ['sd', (_mean, sd) => sd],
    ['ucb', (mean, sd) => mean + 1.5 * sd],
    ['pi', (mean, sd, best) => normCdf((mean - best) / sd)],
  ])('by %s is what its formula says of the kept model', (score, formula) => {
    const found = all(taskOf(onSquare(), score, 1.5));
    const { mean, sd, best } = believed(onSquare(), found);
    found.score.forEach((value, i) => {
      expect(found.mean[i]).toBeCloseTo(mean[i]!, 12);
      expect(found.sd[i]).toBeCloseTo(sd[i]!, 12);
      expect(value).toBeCloseTo(formula(mean[i]!, sd[i]!, best), 10);
      expect(found.feasible[i]).toBe(1);
    });
  });

  it('by log-ei is the logarithm of what may be gained, and a number where that is nothing', () => {
    const found = all(taskOf(onSquare(), 'log-ei'));
    const { mean, sd, best } = believed(onSquare(), found);
    const likely = Array.from(found.score.keys()).filter((i) => (mean[i]! - best) / sd[i]! > -4);
    expect(likely.length).toBeGreaterThan(0);
    for (const i of likely) {
      const z = (mean[i]! - best) / sd[i]!;
      const gain = sd[i]! * (z * normCdf(z) + normPdf(z));
      expect(found.score[i]).toBeCloseTo(Math.log(gain), 6);
    }
    for (const value of found.score) expect(Number.isFinite(value)).toBe(true);
  });

  it('is larger for what is smaller where less is better, and the mean is the property’s own', () => {
    const [up, down] = [all(taskOf(onSquare(), 'ucb')), all(taskOf(downhill(), 'ucb'))];
    down.mean.forEach((value, i) => expect(value).toBeCloseTo(-up.mean[i]!, 8));
    down.score.forEach((value, i) => expect(value).toBeCloseTo(up.score[i]!, 8));
  });

  it('counts by how likely it can be made, near to what failed', () => {
    const [corner] = [{ a: 1, b: 0 }];
    const failed = onSquare({ failures: [corner] });
    const [gain, chance, mean] = (['log-ei', 'pi', 'mean'] as const).map((score) =>
      all(taskOf(failed, score)),
    );
    const [gainBefore, chanceBefore] = (['log-ei', 'pi'] as const).map((score) =>
      all(taskOf(onSquare(), score)),
    );
    const away = pointsOf(gain!).map(({ a, b }) => Math.hypot((a as number) - 1, b as number));
    const nearest = away.indexOf(Math.min(...away));
    expect(gain!.feasible[nearest]).toBe(Math.min(...gain!.feasible));
    gain!.feasible.forEach((feasible, i) => {
      expect(feasible).toBeGreaterThan(0);
      expect(feasible).toBeLessThanOrEqual(1);
      expect(gain!.score[i]).toBeCloseTo(gainBefore!.score[i]! + Math.log(feasible), 8);
      expect(chance!.score[i]).toBeCloseTo(chanceBefore!.score[i]! * feasible, 10);
      expect(mean!.score[i]).toBe(mean!.mean[i]);
    });
  });
});

describe('where the property is wanted in a window', () => {
  const wanted = (low: number, high: number): PlanRequest => ({
    ...onSquare(),
    objectives: [{ ...plain, goal: 'window', low, high }],
    strategy: { name: 'target-window', initial: 5 },
  });
  const inside = wanted(0.5, 0.8);
  /** Beyond all results: the largest is about 1.8. */
  const beyond = wanted(1.95, 2);
  const distance = (value: number, [low, high]: readonly [number, number]): number =>
    Math.max(low - value, value - high, 0);

  it.each<[CandidateScore, (mean: number, sd: number) => number]>([
    ['mean', (mean) => -distance(mean, [0.5, 0.8])],
    ['ucb', (mean, sd) => Math.min(0, 1.5 * sd - distance(mean, [0.5, 0.8]))],
    ['pi', (mean, sd) => normCdf((0.8 - mean) / sd) - normCdf((0.5 - mean) / sd)],
    ['sd', (_mean, sd) => sd],
  ])('a candidate is worth by %s what lies inside, not what is large', (score, formula) => {
    const found = all(taskOf(inside, score, 1.5));
    const { mean, sd } = believed(inside, found);
    found.score.forEach((value, i) => expect(value).toBeCloseTo(formula(mean[i]!, sd[i]!), 9));
  });

  it('by log-ei the probability to lie there counts once a result does', () => {
    const [gain, chance] = (['log-ei', 'pi'] as const).map((score) => all(taskOf(inside, score)));
    const likely = Array.from(chance!.score.keys()).filter((i) => chance!.score[i]! > 1e-12);
    expect(likely.length).toBeGreaterThan(2);
    for (const i of likely) expect(gain!.score[i]).toBeCloseTo(Math.log(chance!.score[i]!), 6);
  });

  it('by log-ei it is what may be gained on the nearest result while none does', () => {
    const found = all(taskOf(beyond, 'log-ei'));
    const { mean, sd, best } = believed(beyond, found);
    const nearest = 1.95 - best;
    expect(nearest).toBeGreaterThan(0);
    const gains = mean.map((centre, i) => {
      // By the rectangle rule over eight standard deviations to each side.
      const step = sd[i]! / 200;
      let sum = 0;
      for (let k = -1600; k <= 1600; k++) {
        const value = centre + k * step;
        const density = normPdf((value - centre) / sd[i]!) / sd[i]!;
        sum += Math.max(nearest - distance(value, [1.95, 2]), 0) * density * step;
      }
      return sum;
    });
    const likely = Array.from(gains.keys()).filter((i) => gains[i]! > 1e-9);
    expect(likely.length).toBeGreaterThan(2);
    for (const i of likely) expect(found.score[i]).toBeCloseTo(Math.log(gains[i]!), 3);
  });
});
