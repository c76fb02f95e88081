import type { PlanRequest } from '@ionloop/domain';
import { type Matrix, Philox, selectRows, topK } from '@ionloop/linalg';
import { meansOf } from '@ionloop/surrogates';
import { candidatesOf } from '../search/candidates.js';
import { type BelievedRequest, openBelieved } from './believed.js';
import { playRounds } from './playing.js';
import type { PlayedCampaign, RehearsedGoals, RehearseOptions } from './rehearsed.js';
import { type World, type Worlds, worldsOf } from './world.js';

const mostLeft = 300;

/** Of one objective that is to be as large, or as small, as can be: what counts is the best result. */
export function openOneGoal(request: PlanRequest, { rounds, expected }: RehearseOptions): RehearsedGoals {
  const believed = openBelieved(request);
  const { sign, data } = believed.response;
  const signed = expected && { ...expected, mean: sign * expected.mean };
  const worlds = worldsOf(data, signed, Philox.fromSeed(request.seed).split('world'));
  return {
    measure: 'value',
    learnedFrom: believed.model === null ? 'expectations' : 'results',
    sign,
    play: (number) => campaign(request, believed, worlds, rounds, number),
  };
}

function campaign(
  request: PlanRequest,
  { space, response, known, bestFirst }: BelievedRequest,
  worlds: Worlds,
  rounds: number,
  s: number,
): PlayedCampaign {
  const { sign } = response;
  const label = `${request.seed}/rehearsal-${s}`;
  const rng = Philox.fromSeed(label);
  const world = worlds(space);
  const played = playRounds({
    ...{ request, space, rounds, label, rng },
    taken: known.taken,
    measure: (point, stream) => ({ point, values: [sign * world.measure(point, stream)] }),
  });
  const before = [...response.data.y];
  const found = [...before, ...played.results.map(({ values }) => sign * values[0]!)];
  const best = played.rounds.map(({ results }) => Math.max(...found.slice(0, before.length + results)));
  const expected = (X: Matrix): Float64Array => meansOf(world.process, X);
  const left = candidatesOf(space, played.taken, bestFirst, [expected], rng.split('left'));
  const top = Math.max(...found, bestLeft(world, left.X, rng.split('top')));
  return {
    best,
    top,
    range: top - Math.min(...(before.length === 0 ? found : before)),
    before: before.length === 0 ? null : Math.max(...before),
    spent: played.rounds.map(({ spent }) => spent),
    several: null,
  };
}

/** The best of one draw over the most promising of what is left. */
function bestLeft({ process, inUnits }: World, X: Matrix, rng: Philox): number {
  if (X.rows === 0) return -Infinity;
  const { mean, variance } = process.predict(X);
  const upper = mean.map((value, i) => value + 2 * Math.sqrt(variance[i]!));
  const shortlist = selectRows(X, topK(upper, Math.min(mostLeft, X.rows)).indices);
  const most = process.sample(shortlist, 1, rng).data.reduce((a, b) => Math.max(a, b), -Infinity);
  return inUnits(most);
}
