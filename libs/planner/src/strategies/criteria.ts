import {
  type Acquisition,
  type Desire,
  desirabilityImprovement,
  expectedHypervolumeImprovement,
  explorationGuard,
  type Interval,
  knowledgeGradient,
  learn,
  localPenalisationBatch,
  logExpectedImprovement,
  logProbabilityOfImprovement,
  maxValueEntropy,
  noisyExpectedImprovement,
  type OutcomesAcquisition,
  parEgo,
  pointBelow,
  targetImprovement,
  thompsonSampling,
  topTwoExpectedImprovement,
  upperConfidenceBound,
} from '@ionloop/acquisition';
import type { Knowledge } from '../knowledge/knowledge.js';
import { shortlisted } from './shortlist.js';
import type { Criterion, Moment } from './strategy.js';

type Rest = Pick<Criterion, 'phrase' | 'refines'> & Partial<Criterion>;

const fromAcquisition = (acquisition: Acquisition, rest: Rest): Criterion => ({
  name: acquisition.name,
  scale: acquisition.scale ?? 'plain',
  ...rest,
  score: (candidates, { model, ...context }) => acquisition.score(model, candidates, context),
  ...(acquisition.scoreBest && {
    scoreBest: (candidates, { model, ...context }, count) =>
      acquisition.scoreBest!(model, candidates, context, count),
  }),
});

/** Volumes are taken above all that was measured, so that an end which the front has not reached yet counts. */
const fromOutcomes = (acquisition: OutcomesAcquisition, rest: Rest): Criterion => ({
  name: acquisition.name,
  scale: acquisition.scale,
  ...rest,
  score: (candidates, { models, ...context }) =>
    acquisition.score(models, candidates, { ...context, reference: pointBelow(context.outcomes) }),
});

export const expectedGain = fromAcquisition(logExpectedImprovement(), {
  phrase: 'the largest gain over the best so far is expected here',
  refines: true,
  scale: 'log',
});

const drawsFor = 128;
/** Candidates whose joint draws, or whose part in all others, are still quick. */
const mostByDraws = 300;

export const noisyGain = shortlisted(
  fromAcquisition(noisyExpectedImprovement({ draws: drawsFor }), {
    phrase: 'the largest gain is expected here over a best that noise leaves uncertain',
    refines: true,
    heedsPending: true,
  }),
  mostByDraws,
);

export const chanceOfGain = fromAcquisition(logProbabilityOfImprovement(), {
  phrase: 'nowhere else is it likelier that the best so far is beaten',
  refines: true,
});

export const optimism = (beta: number): Criterion =>
  fromAcquisition(upperConfidenceBound(beta), {
    phrase: 'of all points, the one whose result could still plausibly be the best',
    refines: true,
    scale: 'plain',
  });

export const guarded = (beta: number): Criterion =>
  fromAcquisition(explorationGuard(beta), {
    phrase: 'could still be the best, and is the least certain once the rest of the batch is known',
    refines: true,
    heedsPending: true,
  });

export const draw = fromAcquisition(thompsonSampling(), {
  phrase: 'the best point of one random draw among the responses that the data allow',
  refines: false,
  scale: 'plain',
});

export const topTwo = fromAcquisition(topTwoExpectedImprovement(), {
  phrase: 'the leader, or the point most likely to beat it',
  refines: false,
});

export const entropy = fromAcquisition(maxValueEntropy(), {
  phrase: 'its result would say most about how good the best can be',
  refines: true,
});

export const knowledge = ({ references }: Moment): Criterion =>
  shortlisted(
    fromAcquisition(knowledgeGradient({ pool: references }), {
      phrase: 'after its result the best prediction is expected to rise most',
      refines: true,
    }),
    mostByDraws,
  );

export const teaching = ({ references }: Moment): Criterion =>
  fromAcquisition(learn({ pool: references }), {
    phrase: 'its result would make the model most certain over the whole space',
    refines: true,
    heedsPending: true,
  });

/** The best few of a batch by local penalisation, best first; all others are out of the question. */
export const penalised: Criterion = {
  name: 'penalised expected improvement',
  phrase: 'a large gain is expected here, away from what is under way',
  scale: 'log',
  refines: false,
  heedsPending: true,
  score(candidates, { model, ...context }) {
    const { indices, scores } = localPenalisationBatch(
      model,
      candidates,
      Math.min(8, Math.max(1, candidates.rows)),
      logExpectedImprovement(),
      context,
    );
    const result = new Float64Array(candidates.rows).fill(-Infinity);
    indices.forEach((i, at) => (result[i] = scores[at]!));
    return result;
  },
};

export const towardsWindow = (interval: Interval): Criterion =>
  fromAcquisition(targetImprovement(interval), {
    phrase: 'nowhere else is it likelier to come nearer to what is wanted',
    refines: true,
  });

export const hypervolumeGain = fromOutcomes(expectedHypervolumeImprovement(), {
  phrase: 'the front of best compromises is expected to grow most by it',
  refines: true,
});

export const chebyshevGain = shortlisted(
  fromOutcomes(parEgo({ draws: drawsFor }), {
    phrase: 'the largest gain is expected here for one draw of how much each objective counts',
    refines: false,
  }),
  mostByDraws,
);

export const desirable = ({ known }: Moment): Criterion =>
  shortlisted(
    fromOutcomes(desirabilityImprovement(desiresOf(known), drawsFor), {
      phrase: 'the largest gain in what all objectives together are worth is expected here',
      refines: true,
    }),
    mostByDraws,
  );

/** Worth rises from the worst result to half a range above the best; of a window it is 1 in the middle and 0 a window's width outside. */
function desiresOf({ responses }: Knowledge): readonly Desire[] {
  return responses.map(({ data: { y }, window }): Desire => {
    const [least, most] = [Math.min(...y), Math.max(...y)];
    const range = most - least || 1;
    if (window === null) return { from: least - 0.1 * range, to: most + 0.5 * range };
    const { low, high } = window;
    if (high === Infinity) return { from: Math.min(least, low) - 0.1 * range, to: low };
    if (low === -Infinity) return { from: Math.max(most, high) + 0.1 * range, to: high };
    const width = high - low || 0.1 * range;
    return { from: Math.min(least, low - width), to: (low + high) / 2, until: Math.max(most, high + width) };
  });
}

/** What a strategy for one goal that is to be large lends its models to where goals are others. */
export function criterionForGoals(moment: Moment): Criterion {
  const { responses } = moment.known;
  if (responses.length > 1) {
    return responses.some(({ window }) => window !== null) ? desirable(moment) : hypervolumeGain;
  }
  return towardsWindow(responses[0].window!);
}
