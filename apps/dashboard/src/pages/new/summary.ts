import { formulaText } from '../../format/formula.js';
import { capital, propertyName } from '../../format/objective.js';
import { strategyLabel } from '../../format/strategy-words.js';
import { listed, plural } from '../../format/words.js';
import type { ConstraintDraft } from './draft/constraints.js';
import type { Draft } from './draft/draft.js';
import type { LimitDraft, ObjectiveDraft } from './draft/goals.js';
import type { ParameterDraft } from './draft/parameters.js';
import { parted } from './draft/reader.js';
import type { FormStep } from './steps.js';

export interface Summary {
  readonly step: FormStep;
  readonly lines: readonly string[];
}

/** A draft in words, step by step. */
export const summaryOf = (draft: Draft): readonly Summary[] => [
  { step: 'start', lines: [draft.name.trim() === '' ? 'It has no name yet' : draft.name.trim()] },
  { step: 'space', lines: orNone(draft.parameters.map(parameterLine), 'Nothing varies yet') },
  { step: 'constraints', lines: orNone(draft.constraints.map(constraintLine), 'Nothing but the bounds') },
  {
    step: 'goals',
    lines: [
      ...draft.objectives.map(objectiveLine),
      ...draft.limits.map(limitLine),
      ...(draft.cost === null
        ? []
        : [`Each costs ${draft.cost.base}, and more by ${plural(draft.cost.per.length, 'setting')}`]),
    ],
  },
  { step: 'plan', lines: planLines(draft) },
];

const orNone = (lines: readonly string[], none: string): readonly string[] =>
  lines.length > 0 ? lines : [none];
const between = (low: string, high: string, unit: string): string =>
  `${low || '…'} to ${high || '…'}${unit === '' ? '' : ` ${unit}`}`;

function parameterLine(parameter: ParameterDraft): string {
  const { kind } = parameter;
  const name = formulaText(parameter.name || 'no name yet');
  switch (kind) {
    case 'mixture': {
      const names = parameter.components.map((one) => formulaText(one.name || '…'));
      const step = parameter.step === '' ? '' : `, in steps of ${parameter.step}`;
      const most = parameter.mostComponents === '' ? '' : `, at most ${parameter.mostComponents} at once`;
      return `${name}: a mixture of ${listed(names)}${step}${most}`;
    }
    case 'categorical':
      return `${name}: ${listed(parted(parameter.choices))}`;
    case 'levels':
      return `${name}: ${listed(parted(parameter.levels))} ${parameter.unit}`.trim();
    case 'pool':
      return `${name}: one of ${plural(parameter.rows.length, 'candidate')}`;
    case 'context':
      return `${name}: observed, ${between(parameter.min, parameter.max, parameter.unit)}`;
    default: {
      const log = parameter.scale === 'log' ? ', on a logarithmic scale' : '';
      const whole = kind === 'integer' ? ', whole numbers' : '';
      return `${name}: ${between(parameter.min, parameter.max, parameter.unit)}${log}${whole}`;
    }
  }
}

const relationWords = { '<=': 'at most', '>=': 'at least', '=': 'exactly' } as const;

function constraintLine(constraint: ConstraintDraft): string {
  const named = constraint.name.trim() === '' ? '' : `${constraint.name.trim()}: `;
  const words = (): string => {
    switch (constraint.kind) {
      case 'sum':
        return `${constraint.of.join(' + ')} is ${relationWords[constraint.relation]} ${constraint.bound}`;
      case 'linear':
        return `${constraint.terms.map(({ times, of }) => `${times}·${of}`).join(' + ')} is ${relationWords[constraint.relation]} ${constraint.bound}`;
      case 'ratio':
        return `${constraint.of} to ${constraint.to}: ${between(constraint.min, constraint.max, '')}`;
      case 'forbidden':
        return `never together: ${listed(constraint.when.map(({ of, test, value, to }) => `${of} ${testWords[test]} ${value}${test === 'between' ? ` and ${to}` : ''}`))}`;
      case 'neutral':
        return `${constraint.of} is charge neutral`;
      case 'expression':
        return constraint.expression;
      case 'other':
        return 'taken over as it is';
    }
  };
  return formulaText(`${named}${words()}`);
}

const testWords = {
  is: 'is',
  min: 'is at least',
  max: 'is at most',
  above: 'is above',
  below: 'is below',
  between: 'is between',
} as const;

function objectiveLine({ goal, property, unit, low, high, temperatureC, transform }: ObjectiveDraft): string {
  const at = temperatureC === '' ? '' : ` at ${temperatureC} °C`;
  const scale = transform === 'log10' ? '; models see its log₁₀' : '';
  const wanted =
    goal === 'window'
      ? `Bring ${propertyName(property)}${at} into ${between(low, high, unit)}`
      : `${capital(goal)} ${propertyName(property)}${unit === '' ? '' : ` (${unit})`}${at}`;
  return `${wanted}${scale}`;
}

const limitLine = ({ property, unit, low, high }: LimitDraft): string =>
  `Keep ${propertyName(property)} within ${between(low, high, unit)}`;

const planLines = (draft: Draft): readonly string[] => [
  `${draft.budget || '…'} experiments, ${draft.parallel || '…'} at a time${draft.initial === '' ? '' : `, the first ${draft.initial} without a model`}`,
  `Strategy: ${strategyLabel(draft.strategy)}`,
  draft.approval === 'automatic'
    ? 'Proposals are approved by themselves'
    : `A person approves each proposal${draft.separate ? ', and not the one who made it' : ''}`,
];
