import { fieldsOf, numberOr, textOr } from '../../../api/json.js';
import type { Parameter, Space } from '../../../api/space.js';

/** A point as it is typed: a text for each number, fractions of a mixture in percent. */
export type PointDraft = Readonly<Record<string, string>>;

export interface PointField {
  readonly key: string;
  readonly label: string;
  readonly hint: string | null;
  readonly choices: readonly string[] | null;
  readonly numeric: boolean;
}

const keyOf = (parameter: string, component?: string): string =>
  component === undefined ? parameter : `${parameter}.${component}`;

export const pointFields = (space: Space): readonly PointField[] => space.flatMap(fieldsFor);

function fieldsFor(parameter: Parameter): readonly PointField[] {
  const { name } = parameter;
  switch (parameter.kind) {
    case 'mixture':
      return parameter.components.map((component) => ({
        key: keyOf(name, component.name),
        label: `${component.name} (%)`,
        hint: `${percent(component.min)} to ${percent(component.max)} %`,
        choices: null,
        numeric: true,
      }));
    case 'categorical':
      return [{ key: name, label: name, hint: null, choices: parameter.choices, numeric: false }];
    case 'pool':
      return [{ key: name, label: name, hint: 'The id of a candidate', choices: null, numeric: false }];
    case 'continuous':
    case 'integer':
    case 'levels':
    case 'context': {
      const { min, max, unit } = parameter;
      const hint = `${min} to ${max}${parameter.kind === 'context' ? ', where it is known' : ''}`;
      const label = unit === '' ? name : `${name} (${unit})`;
      return [{ key: name, label, hint, choices: null, numeric: true }];
    }
    default:
      return parameter satisfies never;
  }
}

const percent = (fraction: number): string => String(Number((100 * fraction).toPrecision(12)));

export function draftOfPoint(space: Space, point: unknown): PointDraft {
  const fields = fieldsOf(point);
  return Object.fromEntries(
    space.flatMap((parameter): [string, string][] => {
      const value = fields[parameter.name];
      if (parameter.kind === 'mixture') {
        const fractions = fieldsOf(value);
        return parameter.components.map(({ name }) => [
          keyOf(parameter.name, name),
          value === undefined ? '' : percent(numberOr(fractions[name], 0)),
        ]);
      }
      const text = typeof value === 'number' ? String(value) : textOr(value, '');
      const usual = parameter.kind === 'categorical' ? (parameter.choices[0] ?? '') : '';
      return [[parameter.name, text === '' ? usual : text]];
    }),
  );
}

export type ReadPoint = { readonly point: Record<string, unknown> } | { readonly problem: string };

/** What was typed as a point; whether it lies in the space is the server's to say. */
export function readPoint(space: Space, draft: PointDraft): ReadPoint {
  const point: Record<string, unknown> = {};
  for (const parameter of space) {
    const { name } = parameter;
    if (parameter.kind === 'mixture') {
      const fractions: Record<string, number> = {};
      for (const component of parameter.components) {
        const share = numberIn(draft[keyOf(name, component.name)]);
        if (share === null) return { problem: `${component.name} is not a number.` };
        fractions[component.name] = Number((share / 100).toPrecision(12));
      }
      point[name] = fractions;
      continue;
    }
    const text = (draft[name] ?? '').trim();
    if (parameter.kind === 'categorical' || parameter.kind === 'pool') {
      point[name] = text;
      continue;
    }
    if (text === '' && parameter.kind === 'context') continue;
    const number = numberIn(text);
    if (number === null) return { problem: `${name} is not a number.` };
    point[name] = number;
  }
  return { point };
}

/** As people type them, with a comma too; empty is nothing. */
export function numberIn(text: string | undefined): number | null {
  const plain = (text ?? '').trim().replace(',', '.').replace(/^[−–]/, '-');
  const value = Number(plain);
  return plain === '' || !Number.isFinite(value) ? null : value;
}
