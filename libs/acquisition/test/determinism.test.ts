import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { matrix, Philox } from '@ionloop/linalg';
import {
  expectedHypervolumeImprovement,
  explorationGuard,
  knowledgeGradient,
  learn,
  localPenalisationBatch,
  logEiBatch,
  logExpectedImprovement,
  matchValue,
  maxValueEntropy,
  noisyExpectedImprovement,
  sampledHypervolumeImprovement,
  thompsonBatch,
} from '../src/index.js';
import { believed } from './support.js';

it('the same bits on every machine', () => {
  const m = 25;
  const stream = Philox.fromSeed('determinism');
  const beliefs = () => believed(stream.normals(m), stream.normals(m).map(Math.abs));
  const models = [beliefs(), beliefs(), beliefs()];
  const X = matrix(
    m,
    1,
    Float64Array.from({ length: m }, (_, i) => i),
  );
  const observed = matrix(2, 1, Float64Array.of(3, 8));
  const responses = Float64Array.of(0.2, 0.4);
  const context = () => ({ best: 0.4, observed, responses, pending: observed, rng: Philox.fromSeed(1) });
  const one = [
    logExpectedImprovement(),
    noisyExpectedImprovement(),
    maxValueEntropy(),
    knowledgeGradient(),
    learn(),
    explorationGuard('rounds'),
    matchValue(1, 0.1),
  ].map((acquisition) => acquisition.score(models[0]!, X, context()));
  const outcomes = matrix(6, 3, Philox.fromSeed('outcomes').normals(18));
  const several = [expectedHypervolumeImprovement(), sampledHypervolumeImprovement()].map((acquisition) =>
    acquisition.score(models, X, { outcomes, rng: Philox.fromSeed(2) }),
  );
  const batches = [
    logEiBatch(models[0]!, X, 5, context()),
    thompsonBatch(models[0]!, X, 5, context()),
    localPenalisationBatch(models[0]!, X, 5, logExpectedImprovement(), context()),
  ].map(({ indices, scores }) => Float64Array.from([...indices, ...scores]));
  const hash = createHash('sha256');
  for (const values of [...one, ...several, ...batches]) hash.update(new Uint8Array(values.buffer));
  expect(hash.digest('hex').slice(0, 16)).toBe('02191798cc197836');
});
