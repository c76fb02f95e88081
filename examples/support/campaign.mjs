/** A campaign file, and a campaign played against a lab that is a function. */
import { fromModelScale, toModelScale } from '@ionloop/chemistry';
import { Philox } from '@ionloop/linalg';
import { plan } from '@ionloop/planner';
import { parseSpaceSpec } from '@ionloop/space';
import { readFileSync } from 'node:fs';

/**
 * What the planner is asked of a file that `ionloop propose` takes, or of one with several `objectives`, `constraints` and a `cost`, which the
 * planner takes too. `pool`: the space of one whose candidates are rows of a data set.
 */
export function readCampaign(file, pool) {
  const {
    space = pool,
    objective,
    objectives = [objective],
    strategy,
    initial,
    budget,
    parallel,
    ...rest
  } = JSON.parse(readFileSync(file, 'utf8'));
  const named = typeof strategy === 'string' ? { name: strategy } : strategy;
  return {
    space: parseSpaceSpec(space),
    objectives: objectives.map((one) => ({ goal: 'maximise', transform: 'none', unit: '', ...one })),
    ...(rest.constraints && { constraints: rest.constraints }),
    ...(rest.cost && { cost: rest.cost }),
    strategy: { initial: initial ?? 2, ...named },
    budget: budget ?? 30,
    parallel: parallel ?? 1,
  };
}

/**
 * One campaign from its first experiment to its last. `measure(point, { rng, number })` answers {values} in the units of the objectives, or {failed: true};
 * further results for free, such as those of another source, are `beside`: [{point, values, source}]. Answers what was done: {point, values, failed,
 * origin, acquisition, prediction, reason}; it ends early once `until` holds of one of them.
 */
export function play(
  campaign,
  {
    measure,
    seed,
    strategy,
    budget = campaign.budget,
    parallel = campaign.parallel,
    known = [],
    blind = false,
    answer = plan,
    until,
  },
) {
  const rng = Philox.fromSeed(`${seed}/lab`);
  const done = [];
  const observations = [...known];
  const failures = [];
  while (done.length < budget) {
    const { proposals } = answer({
      ...requestOf(campaign, strategy),
      seed: `${seed}/plan-${done.length}`,
      count: Math.min(parallel, budget - done.length),
      experimentsSoFar: done.length,
      observations,
      failures: blind ? [] : failures,
      // What a campaign that does not learn from failures at least does not try again.
      pending: blind ? failures : [],
    });
    if (proposals.length === 0) break;
    for (const { point, origin, acquisition, prediction, reason } of proposals) {
      const number = done.length;
      const {
        values,
        failed = false,
        beside = [],
      } = measure(point, { rng: rng.split(`sample ${number}`), number });
      done.push({
        point,
        values,
        failed,
        origin,
        acquisition: acquisition?.name ?? null,
        prediction,
        reason,
      });
      if (failed) failures.push(point);
      else observations.push(observation(campaign, point, values, acquisition?.name));
      observations.push(...beside);
      if (until?.(done.at(-1))) return done;
    }
  }
  return done;
}

/** Rows of a table as candidates of a pool; `features`: columns, or {name, kind} where a column is no number. The id of a row is its place. */
export const poolOf = (rows, features) => ({
  parameters: [
    {
      kind: 'pool',
      name: 'row',
      features,
      candidates: rows.map((row, i) => ({
        id: String(i),
        values: features.map((one) => row[one.name ?? one]),
      })),
    },
  ],
});

export const requestOf = ({ space, objectives, constraints, cost, strategy }, other) => ({
  space,
  objectives,
  ...(constraints && { constraints }),
  ...(cost && { cost }),
  strategy: { ...strategy, ...(typeof other === 'string' ? { name: other } : other) },
});

/** A result as the planner wants it: on the scale that models see. */
export const observation = ({ objectives }, point, values, proposedBy) => ({
  point,
  values: values.map((value, k) => (value === null ? null : toModelScale(value, objectives[k].transform))),
  ...(proposedBy && { proposedBy }),
});

export { fromModelScale, toModelScale };
