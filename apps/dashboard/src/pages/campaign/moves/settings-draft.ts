import type { UpdateCampaignInput } from '../../../api/generated/graphql.js';
import type { CampaignWhole } from '../../../api/use-campaign.js';
import { fieldsOf, listOf, numberOr, textOr } from '../../../api/json.js';
import { numberIn } from './point-draft.js';

/** Settings as they are typed. */
export interface SettingsDraft {
  readonly name: string;
  readonly strategy: string;
  readonly budget: string;
  readonly parallel: string;
  readonly goal: CampaignWhole['objective']['goal'];
  readonly approval: CampaignWhole['approval'];
  readonly separate: boolean;
  readonly rejectedFor: string;
  readonly bounds: readonly BoundsDraft[];
}

/** The range of a parameter, or of a component in percent. */
export interface BoundsDraft {
  readonly parameter: string;
  readonly component: string | null;
  readonly min: string;
  readonly max: string;
}

const percent = (fraction: number): string => String(Number((100 * fraction).toPrecision(12)));

export const settingsDraftOf = (campaign: CampaignWhole): SettingsDraft => ({
  name: campaign.name,
  strategy: campaign.strategy,
  budget: String(campaign.budget),
  parallel: String(campaign.parallel),
  goal: campaign.objective.goal,
  approval: campaign.approval,
  separate: campaign.review.separate,
  rejectedFor: String(campaign.review.rejectedFor),
  bounds: boundsOf(campaign.space),
});

function boundsOf(space: unknown): readonly BoundsDraft[] {
  return listOf(fieldsOf(space)['parameters']).flatMap((json): BoundsDraft[] => {
    const { kind, name, min, max, components } = fieldsOf(json);
    const parameter = textOr(name, '');
    if (kind === 'continuous' || kind === 'integer') {
      return [{ parameter, component: null, min: String(min), max: String(max) }];
    }
    if (kind !== 'mixture') return [];
    return listOf(components).map((one) => ({
      parameter,
      component: textOr(fieldsOf(one)['name'], ''),
      min: percent(numberOr(fieldsOf(one)['min'], 0)),
      max: percent(numberOr(fieldsOf(one)['max'], 1)),
    }));
  });
}

type Change = Omit<UpdateCampaignInput, 'id' | 'reason' | 'revision'>;
export type ReadSettings = { readonly change: Change } | { readonly problem: string };

/** Only what was made another. */
export function readSettings(campaign: CampaignWhole, draft: SettingsDraft): ReadSettings {
  const before = settingsDraftOf(campaign);
  const whole = (text: string): number | null => {
    const value = numberIn(text);
    return value !== null && Number.isInteger(value) ? value : null;
  };
  const numbers = { budget: draft.budget, parallel: draft.parallel, rejectedFor: draft.rejectedFor };
  for (const [key, text] of Object.entries(numbers)) {
    if (whole(text) === null) return { problem: `${inWords[key] ?? key} must be a whole number.` };
  }
  const space = spaceWith(campaign.space, before.bounds, draft.bounds);
  if (space !== null && 'problem' in space) return space;
  const reviewed = draft.separate !== before.separate || draft.rejectedFor !== before.rejectedFor;
  return {
    change: {
      ...(draft.name.trim() !== before.name && { name: draft.name }),
      ...(draft.strategy !== before.strategy && { strategy: draft.strategy }),
      ...(draft.budget !== before.budget && { budget: whole(draft.budget) }),
      ...(draft.parallel !== before.parallel && { parallel: whole(draft.parallel) }),
      ...(draft.goal !== before.goal && { objective: { goal: draft.goal } }),
      ...(draft.approval !== before.approval && { approval: draft.approval }),
      ...(reviewed && { review: { separate: draft.separate, rejectedFor: whole(draft.rejectedFor) } }),
      ...(space !== null && { space: space.space }),
    },
  };
}

const inWords: Readonly<Record<string, string>> = {
  budget: 'The budget',
  parallel: 'How many are kept open',
  rejectedFor: 'How long a rejected point rests',
};

/** The space as it was but for its bounds; null where they are the same. */
function spaceWith(
  json: unknown,
  before: readonly BoundsDraft[],
  bounds: readonly BoundsDraft[],
): { readonly space: unknown } | { readonly problem: string } | null {
  const known = new Map(before.map((one) => [`${one.parameter}.${one.component ?? ''}`, one]));
  const changed = bounds.filter(({ parameter, component, min, max }) => {
    const one = known.get(`${parameter}.${component ?? ''}`);
    return min !== one?.min || max !== one.max;
  });
  if (changed.length === 0) return null;
  const space = structuredClone(json);
  for (const { parameter, component, min, max } of changed) {
    const [low, high] = [numberIn(min), numberIn(max)];
    const what = component ?? parameter;
    if (low === null || high === null) return { problem: `The bounds of ${what} must be numbers.` };
    const spec = named(listOf(fieldsOf(space)['parameters']), parameter);
    if (component === null) Object.assign(spec, { min: low, max: high });
    else {
      const share = (value: number): number => Number((value / 100).toPrecision(12));
      Object.assign(named(listOf(spec['components']), component), { min: share(low), max: share(high) });
    }
  }
  return { space };
}

const named = (list: readonly unknown[], name: string): Record<string, unknown> =>
  list.map(fieldsOf).find((fields) => fields['name'] === name) ?? {};
