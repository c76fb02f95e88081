import type { CampaignWhole } from '../../../api/use-campaign.js';
import { fieldsOf, listOf, textOr } from '../../../api/json.js';

export interface Meanings {
  /** What a table needs a column for. */
  readonly needed: readonly string[];
  /** All that a column may be told to be, as an import takes it. */
  readonly all: readonly { readonly value: string; readonly label: string }[];
}

const same = (value: string): { readonly value: string; readonly label: string } => ({ value, label: value });

/** What the columns of a table may mean to a campaign. */
export function meaningsOf({ space, objective }: Pick<CampaignWhole, 'space' | 'objective'>): Meanings {
  const parts = listOf(fieldsOf(space)['parameters']).flatMap((json) => {
    const { kind, name, components } = fieldsOf(json);
    const own = textOr(name, '');
    if (kind !== 'mixture') return [{ value: own, label: own, needed: kind !== 'context' }];
    return listOf(components).map((component) => {
      const label = textOr(fieldsOf(component)['name'], '');
      return { value: `${own}.${label}`, label, needed: true };
    });
  });
  return {
    needed: [...parts.filter(({ needed }) => needed).map(({ label }) => label), objective.property],
    all: [
      ...parts.map(({ value, label }) => ({ value, label })),
      same(objective.property),
      ...['uncertainty', 'unit', 'outcome', 'note', 'measured at'].map(same),
      { value: 'ignore', label: 'not looked at' },
    ],
  };
}

/** As a report says it, in the words of an import’s map. */
export const meaningNow = (means: string, property: string): string =>
  ({ value: property, ignored: 'ignore', temperature: 'measured at' })[means] ?? means;
