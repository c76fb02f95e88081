import type { Approval, CreateCampaignInput, Goal, Transform } from '../../api/generated/graphql.js';
import { fieldsOf, listOf, numberOr, textOr } from '../../api/json.js';

/** A campaign as it is being typed: numbers are text until they are sent. */
export interface Draft {
  readonly name: string;
  readonly description: string;
  readonly parameters: readonly ParameterDraft[];
  readonly property: string;
  readonly goal: Goal;
  readonly transform: Transform;
  readonly unit: string;
  readonly temperatureC: string;
  readonly strategy: string;
  readonly initial: string;
  readonly budget: string;
  readonly parallel: string;
  readonly approval: Approval;
}

export interface ComponentDraft {
  readonly name: string;
  readonly min: string;
  readonly max: string;
}

export interface MixtureDraft {
  readonly kind: 'mixture';
  readonly name: string;
  readonly step: string;
  readonly components: readonly ComponentDraft[];
}

export interface ContinuousDraft {
  readonly kind: 'continuous';
  readonly name: string;
  readonly min: string;
  readonly max: string;
  readonly scale: 'linear' | 'log';
  readonly unit: string;
}

/** A kind that is not edited here, as a pool: sent on as the template has it. */
export interface OtherDraft {
  readonly kind: 'other';
  readonly name: string;
  readonly json: unknown;
}

export type ParameterDraft = MixtureDraft | ContinuousDraft | OtherDraft;

export const emptyComponent: ComponentDraft = { name: '', min: '', max: '' };
export const emptyMixture: MixtureDraft = {
  kind: 'mixture',
  name: 'composition',
  step: '0.01',
  components: [emptyComponent, emptyComponent, emptyComponent],
};
export const emptyContinuous: ContinuousDraft = {
  kind: 'continuous',
  name: '',
  min: '',
  max: '',
  scale: 'linear',
  unit: '',
};

export const blank: Draft = {
  name: '',
  description: '',
  parameters: [emptyMixture],
  property: 'ionic_conductivity',
  goal: 'maximise',
  transform: 'log10',
  unit: 'S/cm',
  temperatureC: '25',
  strategy: 'auto',
  initial: '',
  budget: '30',
  parallel: '4',
  approval: 'manual',
};

const typed = (value: unknown): string => numberOr(value, null)?.toString() ?? '';

export function fromTemplate(json: unknown): Draft {
  const input = fieldsOf(json);
  const objective = fieldsOf(input['objective']);
  return {
    name: textOr(input['name'], ''),
    description: textOr(input['description'], ''),
    parameters: listOf(fieldsOf(input['space'])['parameters']).map(parameterFrom),
    property: textOr(objective['property'], ''),
    goal: objective['goal'] === 'minimise' ? 'minimise' : 'maximise',
    transform: objective['transform'] === 'log10' ? 'log10' : 'none',
    unit: textOr(objective['unit'], ''),
    temperatureC: typed(objective['temperatureC']),
    strategy: textOr(input['strategy'], 'auto'),
    initial: typed(input['initial']),
    budget: typed(input['budget']),
    parallel: typed(input['parallel']),
    approval: input['approval'] === 'automatic' ? 'automatic' : 'manual',
  };
}

function parameterFrom(json: unknown): ParameterDraft {
  const fields = fieldsOf(json);
  const name = textOr(fields['name'], '');
  switch (fields['kind']) {
    case 'mixture':
      return {
        kind: 'mixture',
        name,
        step: typed(fields['step']),
        components: listOf(fields['components']).map((component) => ({
          name: textOr(fieldsOf(component)['name'], ''),
          min: typed(fieldsOf(component)['min']),
          max: typed(fieldsOf(component)['max']),
        })),
      };
    case 'continuous':
      return {
        kind: 'continuous',
        name,
        min: typed(fields['min']),
        max: typed(fields['max']),
        scale: fields['scale'] === 'log' ? 'log' : 'linear',
        unit: textOr(fields['unit'], ''),
      };
    default:
      return { kind: 'other', name, json };
  }
}

/** Reads what was typed; what is no number is told by the path that the server would use. */
class Reader {
  readonly errors = new Map<string, string>();

  number(text: string, path: string): number | undefined {
    const trimmed = text.trim();
    if (trimmed === '') return undefined;
    const value = Number(trimmed.replace('−', '-').replace(/^(-?\d+),(\d+)$/, '$1.$2'));
    if (Number.isFinite(value)) return value;
    this.errors.set(path, `“${trimmed}” is not a number`);
    return undefined;
  }

  required(text: string, path: string): number {
    const value = this.number(text, path);
    if (value === undefined && !this.errors.has(path)) this.errors.set(path, 'A number is needed here');
    return value ?? 0;
  }

  name(text: string, path: string): string {
    if (text.trim() === '') this.errors.set(path, 'A name is needed here');
    return text.trim();
  }
}

const given = <K extends string>(key: K, value: number | undefined): { readonly [key in K]?: number } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [key in K]?: number };

export type Read =
  | { readonly ready: true; readonly input: Omit<CreateCampaignInput, 'start' | 'idempotencyKey'> }
  | { readonly ready: false; readonly errors: ReadonlyMap<string, string> };

export function readDraft(draft: Draft): Read {
  const read = new Reader();
  const temperatureC = read.number(draft.temperatureC, 'objective.temperatureC');
  const initial = read.number(draft.initial, 'initial');
  const input = {
    name: read.name(draft.name, 'name'),
    description: draft.description.trim(),
    space: {
      parameters: draft.parameters.map((parameter, i) =>
        parameterOf(parameter, `space.parameters[${i}]`, read),
      ),
    },
    objective: {
      property: read.name(draft.property, 'objective.property'),
      goal: draft.goal,
      transform: draft.transform,
      unit: draft.unit.trim(),
      ...given('temperatureC', temperatureC),
    },
    strategy: draft.strategy,
    ...given('initial', initial),
    budget: read.required(draft.budget, 'budget'),
    parallel: read.required(draft.parallel, 'parallel'),
    approval: draft.approval,
  };
  for (const [path, value] of Object.entries({
    budget: input.budget,
    parallel: input.parallel,
    initial: initial ?? 1,
  })) {
    if (!Number.isInteger(value)) read.errors.set(path, 'A whole number is needed here');
  }
  return read.errors.size > 0 ? { ready: false, errors: read.errors } : { ready: true, input };
}

function parameterOf(parameter: ParameterDraft, path: string, read: Reader): unknown {
  switch (parameter.kind) {
    case 'other':
      return parameter.json;
    case 'continuous':
      return {
        kind: 'continuous',
        name: read.name(parameter.name, `${path}.name`),
        min: read.required(parameter.min, `${path}.min`),
        max: read.required(parameter.max, `${path}.max`),
        scale: parameter.scale,
        ...(parameter.unit.trim() === '' ? {} : { unit: parameter.unit.trim() }),
      };
    case 'mixture':
      return {
        kind: 'mixture',
        name: read.name(parameter.name, `${path}.name`),
        ...given('step', read.number(parameter.step, `${path}.step`)),
        components: parameter.components.map((component, i) => ({
          name: read.name(component.name, `${path}.components[${i}].name`),
          ...given('min', read.number(component.min, `${path}.components[${i}].min`)),
          ...given('max', read.number(component.max, `${path}.components[${i}].max`)),
        })),
      };
  }
}
