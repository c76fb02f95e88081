import {
  batchShapes,
  checkCost,
  checkLimits,
  designNames,
  invalidInput,
  type PlanRequest,
  transferModes,
} from '@ionloop/domain';
import type { Strategy } from '../strategies/strategy.js';
import { checkObservations } from './observations.js';

/** The strategy that is asked for, once the request makes sense. What concerns the space is checked where it is open. */
export function checkedStrategy(
  strategies: Readonly<Record<string, Strategy>>,
  request: PlanRequest,
): Strategy {
  const { count, experimentsSoFar, strategy: spec, objectives, constraints = [] } = request;
  const { name, initial, beta, replicates = 1 } = spec;
  for (const [field, value] of Object.entries({ count, experimentsSoFar, 'strategy.initial': initial })) {
    if (!(Number.isSafeInteger(value) && value >= 0)) {
      throw invalidInput(field, `${field} is ${value}; it must be a whole number, not negative`);
    }
  }
  const strategy = Object.hasOwn(strategies, name) ? strategies[name] : undefined;
  if (strategy === undefined) {
    throw invalidInput(
      'strategy.name',
      `there is no strategy "${name}"; known are ${Object.keys(strategies).join(', ')}`,
    );
  }
  checkGoals(name, strategy, request);
  if (beta !== undefined && !(beta >= 0 && beta < Infinity)) {
    throw invalidInput('strategy.beta', `strategy.beta is ${beta}; it must be a number of at least 0`);
  }
  if (!(Number.isSafeInteger(replicates) && replicates >= 1)) {
    throw invalidInput(
      'strategy.replicates',
      `strategy.replicates is ${replicates}; it must be a whole number of at least 1`,
    );
  }
  oneOf('strategy.design', spec.design, designNames);
  if (spec.design === 'simplex-lattice' && !request.space.parameters.some(({ kind }) => kind === 'mixture')) {
    throw invalidInput(
      'strategy.design',
      'simplex-lattice is a design of mixtures, and this space has none; take latin-hypercube or spread',
    );
  }
  oneOf('strategy.shape', spec.shape, batchShapes);
  oneOf('strategy.transfer', spec.transfer, transferModes);
  if (objectives.length < 1 || objectives.length > mostObjectives) {
    throw invalidInput('objectives', `there are ${objectives.length} objectives; there can be 1 to 4`);
  }
  objectives.forEach((objective, k) => {
    if (objective.goal === 'window') checkLimits(`objectives[${k}]`, objective);
  });
  constraints.forEach((limit, k) => checkLimits(`constraints[${k}]`, limit));
  if (request.cost !== undefined) checkCost(request.cost, request.space);
  checkObservations(request);
  return strategy;
}

const mostObjectives = 4;

function checkGoals(name: string, { goals = 'large' }: Strategy, { objectives }: PlanRequest): void {
  const window = objectives.length === 1 && objectives[0].goal === 'window';
  if (goals === 'window' && !window) {
    throw invalidInput('strategy.name', `strategy ${name} is for one objective whose goal is a window`);
  }
  if (goals === 'several' && objectives.length < 2) {
    throw invalidInput('strategy.name', `strategy ${name} is for several objectives; there is one`);
  }
  if (goals === 'several' && name !== 'desirability' && objectives.some(({ goal }) => goal === 'window')) {
    throw invalidInput(
      'strategy.name',
      `strategy ${name} has no use for a window; desirability takes windows among several objectives`,
    );
  }
}

function oneOf(field: string, value: string | undefined, known: readonly string[]): void {
  if (value !== undefined && !known.includes(value)) {
    throw invalidInput(field, `${field} is "${value}"; it must be one of ${known.join(', ')}`);
  }
}
