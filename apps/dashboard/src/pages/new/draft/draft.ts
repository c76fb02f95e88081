import type { Approval, CreateCampaignInput } from '../../../api/generated/graphql.js';
import { fieldsOf, listOf, textOr } from '../../../api/json.js';
import { type ConstraintDraft, constraintFrom, constraintOf } from './constraints.js';
import {
  type CostDraft,
  costFrom,
  costOf,
  type LimitDraft,
  limitFrom,
  limitOf,
  type ObjectiveDraft,
  objectiveFrom,
  objectiveOf,
} from './goals.js';
import { emptyParameters, type ParameterDraft, parameterFrom, parameterOf, typed } from './parameters.js';
import { given, Reader } from './reader.js';

/** What a strategy is told beside its name; empty is what it does by itself. */
export interface StrategyDraft {
  readonly design: string;
  readonly beta: string;
  readonly shape: string;
  readonly shared: string;
  readonly replicates: string;
}

/** A campaign as it is being typed: numbers are text until they are sent. */
export interface Draft {
  readonly name: string;
  readonly description: string;
  readonly parameters: readonly ParameterDraft[];
  readonly constraints: readonly ConstraintDraft[];
  readonly objectives: readonly ObjectiveDraft[];
  readonly limits: readonly LimitDraft[];
  readonly cost: CostDraft | null;
  readonly strategy: string;
  readonly settings: StrategyDraft;
  readonly initial: string;
  readonly budget: string;
  readonly parallel: string;
  readonly approval: Approval;
  /** Whoever made a point does not approve it. */
  readonly separate: boolean;
  readonly rejectedFor: string;
}

const noSettings: StrategyDraft = { design: '', beta: '', shape: '', shared: '', replicates: '' };

export const blank: Draft = {
  name: '',
  description: '',
  parameters: [emptyParameters.mixture],
  constraints: [],
  objectives: [
    {
      ...{ property: 'ionic_conductivity', unit: 'S/cm', goal: 'maximise', transform: 'log10' },
      ...{ temperatureC: '25', low: '', high: '' },
    },
  ],
  limits: [],
  cost: null,
  strategy: 'auto',
  settings: noSettings,
  initial: '',
  budget: '30',
  parallel: '4',
  approval: 'manual',
  separate: false,
  rejectedFor: '20',
};

export function fromTemplate(json: unknown): Draft {
  const input = fieldsOf(json);
  const space = fieldsOf(input['space']);
  const several = listOf(input['objectives']);
  const settings = fieldsOf(input['settings']);
  const review = fieldsOf(input['review']);
  return {
    name: textOr(input['name'], ''),
    description: textOr(input['description'], ''),
    parameters: listOf(space['parameters']).map(parameterFrom),
    constraints: listOf(space['constraints']).map(constraintFrom),
    objectives: (several.length > 0 ? several : [input['objective']]).map(objectiveFrom),
    limits: listOf(input['limits']).map(limitFrom),
    cost: costFrom(input['cost']),
    strategy: textOr(input['strategy'], 'auto'),
    settings: {
      design: textOr(settings['design'], ''),
      beta: typed(settings['beta']),
      shape: textOr(settings['shape'], ''),
      shared: textOr(settings['shared'], ''),
      replicates: typed(settings['replicates']),
    },
    initial: typed(input['initial']),
    budget: typed(input['budget']),
    parallel: typed(input['parallel']),
    approval: input['approval'] === 'automatic' ? 'automatic' : 'manual',
    separate: review['separate'] === true,
    rejectedFor: typed(review['rejectedFor']) || blank.rejectedFor,
  };
}

type Input = Omit<CreateCampaignInput, 'start' | 'idempotencyKey'>;
export type Read =
  | { readonly ready: true; readonly input: Input }
  | { readonly ready: false; readonly errors: ReadonlyMap<string, string> };

/** What is sent. Errors are by the paths of the form's fields. */
export function readDraft(draft: Draft): Read {
  const read = new Reader();
  const { strategy, approval } = draft;
  const name = read.name(draft.name, 'name');
  const space = spaceIn(draft, read);
  const wanted = goalsIn(draft, read);
  const input = {
    ...{ name, description: draft.description.trim(), space, ...wanted, strategy },
    ...given('settings', settingsIn(draft.settings, read)),
    ...given('initial', read.whole(draft.initial, 'initial')),
    budget: counted(draft.budget, 'budget', read),
    parallel: counted(draft.parallel, 'parallel', read),
    approval,
    ...given('review', reviewIn(draft, read)),
  };
  return read.errors.size > 0 ? { ready: false, errors: read.errors } : { ready: true, input: input };
}

/** The space alone, to be looked at before the rest is there. */
export function readSpaceOf(draft: Pick<Draft, 'parameters' | 'constraints'>): {
  readonly space: unknown;
  readonly errors: ReadonlyMap<string, string>;
} {
  const read = new Reader();
  return { space: spaceIn(draft, read), errors: read.errors };
}

function spaceIn(
  { parameters, constraints }: Pick<Draft, 'parameters' | 'constraints'>,
  read: Reader,
): object {
  if (parameters.length === 0) read.errors.set('space', 'At least one thing has to vary');
  return {
    parameters: parameters.map((parameter, i) => parameterOf(parameter, `space.parameters[${i}]`, read)),
    ...(constraints.length > 0 && {
      constraints: constraints.map((constraint, i) =>
        constraintOf(constraint, parameters, `space.constraints[${i}]`, read),
      ),
    }),
  };
}

/** One goal is sent as `objective`, several as a list; the form has them as a list always. */
function goalsIn({ objectives, limits, cost, parameters }: Draft, read: Reader): object {
  const wanted = objectives.map((objective, i) => objectiveOf(objective, `objectives[${i}]`, read));
  return {
    ...(wanted.length === 1 ? { objective: wanted[0] } : { objectives: wanted }),
    ...(limits.length > 0 && { limits: limits.map((limit, i) => limitOf(limit, `limits[${i}]`, read)) }),
    ...(cost !== null && { cost: costOf(cost, parameters, read) }),
  };
}

function counted(text: string, path: string, read: Reader): number {
  const value = read.required(text, path);
  if (!Number.isInteger(value)) read.errors.set(path, 'A whole number is needed here');
  return value;
}

function settingsIn(settings: StrategyDraft, read: Reader): object | undefined {
  const chosen = (text: string): string | undefined => (text === '' ? undefined : text);
  const told = {
    ...given('design', chosen(settings.design)),
    ...given('beta', read.number(settings.beta, 'settings.beta')),
    ...given('shape', chosen(settings.shape)),
    ...given('shared', chosen(settings.shared)),
    ...given('replicates', read.whole(settings.replicates, 'settings.replicates')),
  };
  return Object.keys(told).length === 0 ? undefined : told;
}

function reviewIn({ separate, rejectedFor }: Draft, read: Reader): object | undefined {
  const rests = read.whole(rejectedFor, 'review.rejectedFor');
  const usual = !separate && (rests === undefined || String(rests) === blank.rejectedFor);
  return usual ? undefined : { separate, ...given('rejectedFor', rests) };
}
