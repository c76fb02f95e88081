import { fieldsOf, listOf, numberOr, textOr } from '../../../api/json.js';
import { poolFrom, poolOf, type PoolDraft } from './pool.js';
import { given, numberOf, parted, type Reader } from './reader.js';

/** Parameters as they are typed: numbers are text until they are sent. */
export interface ComponentDraft {
  readonly name: string;
  readonly min: string;
  readonly max: string;
}

export interface MixtureDraft {
  readonly kind: 'mixture';
  readonly name: string;
  readonly step: string;
  readonly mostComponents: string;
  readonly minimumDose: string;
  readonly components: readonly ComponentDraft[];
}

export type ScaleName = 'linear' | 'log';

interface RangeDraft {
  readonly name: string;
  readonly min: string;
  readonly max: string;
  readonly scale: ScaleName;
  readonly unit: string;
}

export interface ContinuousDraft extends RangeDraft {
  readonly kind: 'continuous';
  readonly step: string;
}

export interface IntegerDraft extends RangeDraft {
  readonly kind: 'integer';
}

export interface ContextDraft extends RangeDraft {
  readonly kind: 'context';
  readonly usual: string;
}

export interface LevelsDraft {
  readonly kind: 'levels';
  readonly name: string;
  /** "1, 2, 5", or a line each. */
  readonly levels: string;
  readonly scale: ScaleName;
  readonly unit: string;
}

export interface CategoricalDraft {
  readonly kind: 'categorical';
  readonly name: string;
  /** By commas, or a line each. */
  readonly choices: string;
}

export type ParameterDraft =
  ContinuousDraft | IntegerDraft | LevelsDraft | CategoricalDraft | MixtureDraft | PoolDraft | ContextDraft;
export type ParameterKind = ParameterDraft['kind'];

export const emptyComponent: ComponentDraft = { name: '', min: '', max: '' };
const range: RangeDraft = { name: '', min: '', max: '', scale: 'linear', unit: '' };

/** What a parameter begins as. */
export const emptyParameters: { readonly [K in ParameterKind]: Extract<ParameterDraft, { kind: K }> } = {
  continuous: { kind: 'continuous', ...range, step: '' },
  integer: { kind: 'integer', ...range },
  levels: { kind: 'levels', name: '', levels: '', scale: 'linear', unit: '' },
  categorical: { kind: 'categorical', name: '', choices: '' },
  mixture: {
    kind: 'mixture',
    name: 'composition',
    step: '0.01',
    mostComponents: '',
    minimumDose: '',
    components: [emptyComponent, emptyComponent, emptyComponent],
  },
  pool: { kind: 'pool', name: 'candidate', columns: [], rows: [] },
  context: { kind: 'context', ...range, usual: '' },
};

export const typed = (value: unknown): string => numberOr(value, null)?.toString() ?? '';
const scaleFrom = (value: unknown): ScaleName => (value === 'log' ? 'log' : 'linear');

export function parameterFrom(json: unknown): ParameterDraft {
  const fields = fieldsOf(json);
  const name = textOr(fields['name'], '');
  const unit = textOr(fields['unit'], '');
  const scale = scaleFrom(fields['scale']);
  const ends = { name, min: typed(fields['min']), max: typed(fields['max']), scale, unit };
  switch (fields['kind']) {
    case 'mixture':
      return {
        kind: 'mixture',
        name,
        step: typed(fields['step']),
        mostComponents: typed(fields['mostComponents']),
        minimumDose: typed(fields['minimumDose']),
        components: listOf(fields['components']).map((component) => ({
          name: textOr(fieldsOf(component)['name'], ''),
          min: typed(fieldsOf(component)['min']),
          max: typed(fieldsOf(component)['max']),
        })),
      };
    case 'integer':
      return { kind: 'integer', ...ends };
    case 'context':
      return { kind: 'context', ...ends, usual: typed(fields['usual']) };
    case 'levels':
      return { kind: 'levels', name, levels: listOf(fields['levels']).map(typed).join('; '), scale, unit };
    case 'categorical':
      return {
        kind: 'categorical',
        name,
        choices: listOf(fields['choices'])
          .map((choice) => textOr(choice, ''))
          .join('\n'),
      };
    case 'pool':
      return poolFrom(name, fields);
    default:
      return { kind: 'continuous', ...ends, step: typed(fields['step']) };
  }
}

const unitOf = (unit: string): { readonly unit?: string } =>
  given('unit', unit.trim() === '' ? undefined : unit.trim());
/** Linear is what a parameter is where nothing is said. */
const scaleOf = (scale: ScaleName): { readonly scale?: ScaleName } =>
  given('scale', scale === 'linear' ? undefined : scale);

export function parameterOf(parameter: ParameterDraft, path: string, read: Reader): unknown {
  const { kind } = parameter;
  const name = read.name(parameter.name, `${path}.name`);
  const ends = ({ min, max, scale, unit }: RangeDraft): object => ({
    min: read.required(min, `${path}.min`),
    max: read.required(max, `${path}.max`),
    ...scaleOf(scale),
    ...unitOf(unit),
  });
  switch (kind) {
    case 'continuous':
      return {
        kind,
        name,
        ...ends(parameter),
        ...given('step', read.number(parameter.step, `${path}.step`)),
      };
    case 'integer':
      return { kind, name, ...ends(parameter) };
    case 'context':
      return {
        ...{ kind, name, ...ends(parameter) },
        ...given('usual', read.number(parameter.usual, `${path}.usual`)),
      };
    case 'levels': {
      const { levels, scale, unit } = parameter;
      return {
        kind,
        name,
        levels: levelsIn(levels, `${path}.levels`, read),
        ...scaleOf(scale),
        ...unitOf(unit),
      };
    }
    case 'categorical': {
      const choices = parted(parameter.choices);
      if (choices.length < 2) read.errors.set(`${path}.choices`, 'At least two choices are needed here');
      return { kind, name, choices };
    }
    case 'mixture':
      return mixtureOf(parameter, name, path, read);
    case 'pool':
      return poolOf(parameter, name, path, read);
    default:
      return kind satisfies never;
  }
}

function levelsIn(text: string, path: string, read: Reader): readonly number[] {
  const parts = parted(text);
  const numbers = parts.map(numberOf);
  const wrong = parts.find((_, i) => numbers[i] === null);
  if (wrong !== undefined) read.errors.set(path, `“${wrong}” is not a number`);
  else if (parts.length < 2) read.errors.set(path, 'At least two numbers are needed here');
  return numbers.filter((level) => level !== null);
}

const mixtureOf = (parameter: MixtureDraft, name: string, path: string, read: Reader): unknown => ({
  kind: 'mixture',
  name,
  ...given('step', read.number(parameter.step, `${path}.step`)),
  ...given('mostComponents', read.whole(parameter.mostComponents, `${path}.mostComponents`)),
  ...given('minimumDose', read.number(parameter.minimumDose, `${path}.minimumDose`)),
  components: parameter.components.map((component, i) => ({
    name: read.name(component.name, `${path}.components[${i}].name`),
    ...given('min', read.number(component.min, `${path}.components[${i}].min`)),
    ...given('max', read.number(component.max, `${path}.components[${i}].max`)),
  })),
});
