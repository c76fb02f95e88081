import type { ParameterDraft } from './parameters.js';
import { parted } from './reader.js';

export interface Variable {
  /** As constraints name it. */
  readonly name: string;
  readonly unit: string;
  /** What it can be, where that is a list of names. */
  readonly choices: readonly string[] | null;
}

/** What constraints may speak of. */
export const variablesOf = (parameters: readonly ParameterDraft[]): readonly Variable[] =>
  parameters.flatMap((parameter): readonly Variable[] => {
    const { kind, name } = parameter;
    if (name.trim() === '') return [];
    switch (kind) {
      case 'mixture':
        return parameter.components
          .filter((component) => component.name.trim() !== '')
          .map((component) => ({ name: `${name.trim()}.${component.name.trim()}`, unit: '', choices: null }));
      case 'categorical':
        return [{ name: name.trim(), unit: '', choices: parted(parameter.choices) }];
      case 'pool':
        return [{ name: name.trim(), unit: '', choices: poolIds(parameter) }];
      default:
        return [{ name: name.trim(), unit: parameter.unit.trim(), choices: null }];
    }
  });

export function poolIds({ columns, rows }: Extract<ParameterDraft, { kind: 'pool' }>): readonly string[] {
  const at = columns.findIndex(({ as }) => as === 'id');
  return rows.map((row) => row[at] ?? '');
}
