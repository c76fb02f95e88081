import type { ExperimentGroundsQuery } from '../api/generated/graphql.js';
import { labelText } from './formula.js';
import { numberText, percentText } from './number.js';
import { intervalOf, intervalText, type Objective, propertyName } from './objective.js';
import { plural } from './words.js';

type Explained = NonNullable<ExperimentGroundsQuery['experiment']>;
type Grounds = NonNullable<Explained['grounds']>;

type GroundsOf = Pick<Explained, 'grounds' | 'acquisition' | 'origin' | 'outside' | 'strategy'>;

/** Why this experiment, in plain sentences with numbers; one where nothing was kept. */
export function groundsSentences(
  { grounds, acquisition, origin, outside, strategy }: GroundsOf,
  objective: Objective,
): readonly string[] {
  const place = outside === null ? [] : [`It lies outside the space as it is now: ${outside}.`];
  if (grounds === null) return [withoutGrounds(origin), ...place];
  const { nearest, runnerUp, feasible, withinLimits, cost, repeat, improvement, elsewhereRefused } = grounds;
  return [
    ...grounds.predictions.map((prediction) => predicted(prediction, objective)),
    ...(improvement === null ? [] : [gained(improvement, objective)]),
    ...(nearest === null
      ? []
      : [
          repeat
            ? 'It repeats a measured point, to learn how far results can be trusted.'
            : `The nearest measured point, ${labelText(nearest.label)}, is ${percentText(nearest.distance)} of the range away.`,
        ]),
    ...(acquisition === null ? [] : [ranked(acquisition, runnerUp)]),
    `The chance that it can be made is ${percentText(feasible)}.`,
    ...(withinLimits === null
      ? []
      : [`The chance that all limits are kept is ${percentText(withinLimits)}.`]),
    ...(cost === null ? [] : [`It costs ${numberText(cost)}.`]),
    ...(strategy === null ? [] : [`The strategy was ${strategy} when it was proposed.`]),
    ...place,
    ...grounds.elsewhere.map(learned),
    ...elsewhereRefused.map((why) => `Results from elsewhere were not learned from as asked: ${why}.`),
  ];
}

function withoutGrounds(origin: string): string {
  if (origin === 'person') return 'A person asked for it.';
  if (origin === 'initial') return 'It belongs to the initial design: no model had a say yet.';
  return 'It was proposed before grounds were kept.';
}

function predicted({ property, mean, sd }: Grounds['predictions'][number], objective: Objective): string {
  if (property !== objective.property) {
    return `The model predicts ${propertyName(property)} ${numberText(mean)} ± ${numberText(sd)}, on its own scale.`;
  }
  return `The model predicts ${propertyName(property)} ${intervalText(intervalOf(objective, { mean, sd }), objective.unit)}.`;
}

/** What the model of a property made of results from elsewhere. */
function learned({ property, learned: way, sources }: Grounds['elsewhere'][number]): string {
  const count = sources.reduce((sum, { results }) => sum + results, 0);
  const of = `${plural(count, 'result')} from elsewhere of ${propertyName(property)}`;
  if (way === 'alone') return `The model left ${of} aside: it predicts the own ones better without them.`;
  if (way === 'mean') return `The model started from ${of}.`;
  const correlations = sources.flatMap(({ correlation }) =>
    correlation === null ? [] : [numberText(correlation)],
  );
  return `The model learned from ${of} too; their correlation with the own ones is ${correlations.join(', ')}.`;
}

function gained(
  { exploiting, exploring, exploringShare }: NonNullable<Grounds['improvement']>,
  { transform }: Objective,
): string {
  if (exploringShare === null) return 'Nothing is expected to be gained over the best so far.';
  const scale = transform === 'log10' ? ' decades' : '';
  return `The expected gain over the best so far is ${numberText(exploiting + exploring)}${scale}: ${percentText(1 - exploringShare)} of it from what is predicted, ${percentText(exploringShare)} from what is not known yet.`;
}

function ranked(
  { name, value }: NonNullable<Explained['acquisition']>,
  runnerUp: Grounds['runnerUp'],
): string {
  const score = `Of all candidates it has the best score, ${numberText(value)} by ${name.replaceAll('_', ' ')}`;
  return runnerUp === null
    ? `${score}.`
    : `${score}; second was ${labelText(runnerUp.label)} with ${numberText(runnerUp.score)}.`;
}
