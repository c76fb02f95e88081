import type {
  StrategySettingsInput,
  UpdateCampaignInput,
  WhatIfInput,
} from '../../../api/generated/graphql.js';
import type { CampaignWhole } from '../../../api/use-campaign.js';
import { fieldsOf, listOf } from '../../../api/json.js';
import { tickText } from '../../../format/number.js';
import { numberIn } from '../moves/point-draft.js';
import { readSettings, type SettingsDraft, settingsDraftOf } from '../moves/settings-draft.js';
import { constraintText } from './constraint-text.js';
import { changedTerms, readTerms, type TermsDraft, termsDraftOf } from './terms-draft.js';

/** The terms of a campaign as they are tried out; an empty text leaves a setting to the strategy. */
export interface WhatIfDraft extends SettingsDraft {
  readonly beta: string;
  readonly design: string;
  readonly shape: string;
  readonly shared: string;
  readonly replicates: string;
  readonly constraints: readonly ConstraintDraft[];
  readonly terms: TermsDraft;
  readonly count: string;
}

/** A constraint that is kept or left out, and its bound where it has one. */
export interface ConstraintDraft {
  readonly text: string;
  readonly kept: boolean;
  /** Null where it has none that could be typed. */
  readonly bound: string | null;
}

type Settings = CampaignWhole['settings'];
const settingKeys = ['beta', 'design', 'shape', 'shared', 'replicates'] as const;

const written = (settings: Settings, key: (typeof settingKeys)[number]): string =>
  settings[key] === null ? '' : String(settings[key]);

const constraintsOf = (space: unknown): readonly unknown[] => listOf(fieldsOf(space)['constraints']);

export const whatIfDraftOf = (campaign: CampaignWhole): WhatIfDraft => ({
  ...settingsDraftOf(campaign),
  beta: written(campaign.settings, 'beta'),
  design: written(campaign.settings, 'design'),
  shape: written(campaign.settings, 'shape'),
  shared: written(campaign.settings, 'shared'),
  replicates: written(campaign.settings, 'replicates'),
  constraints: constraintsOf(campaign.space).map((constraint) => {
    const { bound } = fieldsOf(constraint);
    return {
      text: constraintText(constraint),
      kept: true,
      bound: typeof bound === 'number' ? String(bound) : null,
    };
  }),
  terms: termsDraftOf(campaign),
  count: String(Math.min(96, Math.max(1, campaign.parallel))),
});

export interface ChangedTerm {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  /** Whether it can change what is proposed; others change what becomes of it. */
  readonly decides: boolean;
}

type Change = Omit<UpdateCampaignInput, 'id' | 'reason' | 'revision'>;

export type ReadWhatIf =
  | { readonly problem: string }
  | {
      /** What the planner is asked for the batch as it would be now, and as it would be then. */
      readonly now: WhatIfInput;
      readonly then: WhatIfInput;
      readonly change: Change;
      readonly terms: readonly ChangedTerm[];
    };

/** What is tried out, as a question to the planner and as the change that would make it so. */
export function readWhatIf(campaign: CampaignWhole, draft: WhatIfDraft): ReadWhatIf {
  const read = readSettings(campaign, draft);
  if ('problem' in read) return read;
  const count = numberIn(draft.count);
  if (count === null || !Number.isInteger(count) || count < 1 || count > 96) {
    return { problem: 'How many proposals are shown must be a whole number from 1 to 96.' };
  }
  const settings = settingsIn(campaign.settings, draft);
  if ('problem' in settings) return settings;
  const constrained = withConstraints(read.change.space ?? campaign.space, draft.constraints);
  if ('problem' in constrained) return constrained;
  const space = constrained.changed ? constrained.space : read.change.space;
  const wanted = readTerms(termsDraftOf(campaign), draft.terms);
  if ('problem' in wanted) return wanted;
  const change: Change = {
    ...read.change,
    ...(space !== undefined && { space }),
    ...(Object.keys(settings.changed).length > 0 && { settings: settings.changed }),
    ...wanted,
  };
  const strategy = {
    ...(change.strategy != null && { name: change.strategy }),
    ...Object.fromEntries(Object.entries(settings.changed).filter(([, value]) => value !== null)),
  };
  const now: WhatIfInput = { count, seed };
  return {
    now,
    then: {
      ...now,
      ...(Object.keys(strategy).length > 0 && { strategy }),
      ...(space !== undefined && { space }),
      ...wanted,
    },
    change,
    terms: termsOf(campaign, draft),
  };
}

/** The same for both, so that only what was changed makes a difference. */
const seed = 'what-if';

function settingsIn(
  before: Settings,
  draft: WhatIfDraft,
): { readonly changed: StrategySettingsInput } | { readonly problem: string } {
  const changed: Record<string, string | number | null> = {};
  for (const key of settingKeys) {
    const text = draft[key].trim();
    if (text === written(before, key)) continue;
    if (key === 'beta' || key === 'replicates') {
      const value = numberIn(text);
      if (text !== '' && value === null) return { problem: `${settingWords[key]} must be a number.` };
      changed[key] = value;
    } else changed[key] = text === '' ? null : text;
  }
  return { changed };
}

const settingWords = {
  beta: 'Optimism (β)',
  design: 'Initial design',
  shape: 'Shape of a batch',
  shared: 'Shared by a batch',
  replicates: 'Times a point may be measured',
} as const;

function withConstraints(
  json: unknown,
  drafts: readonly ConstraintDraft[],
): { readonly changed: boolean; readonly space: unknown } | { readonly problem: string } {
  const known = constraintsOf(json);
  const constraints: unknown[] = [];
  let changed = false;
  for (const [i, constraint] of known.entries()) {
    const draft = drafts[i];
    if (!draft?.kept) {
      changed = true;
      continue;
    }
    if (draft.bound === null || draft.bound === String(fieldsOf(constraint)['bound'])) {
      constraints.push(constraint);
      continue;
    }
    const bound = numberIn(draft.bound);
    if (bound === null) return { problem: `The bound of "${draft.text}" must be a number.` };
    constraints.push({ ...fieldsOf(constraint), bound });
    changed = true;
  }
  return { changed, space: { ...fieldsOf(json), constraints } };
}

/** Everything that is another than it was, in words. */
export function termsOf(campaign: CampaignWhole, draft: WhatIfDraft): readonly ChangedTerm[] {
  const before = whatIfDraftOf(campaign);
  const term = (what: string, from: string, to: string, decides = true): ChangedTerm[] =>
    from.trim() === to.trim() ? [] : [{ what, from, to, decides }];
  const or = (text: string): string => (text.trim() === '' ? 'as the strategy does by itself' : text);
  return [
    ...term('Name', before.name, draft.name, false),
    ...term('Strategy', before.strategy, draft.strategy),
    ...settingKeys.flatMap((key) => term(settingWords[key], or(before[key]), or(draft[key]))),
    ...changedTerms(before.terms, draft.terms).map(([what, from, to]) => ({ what, from, to, decides: true })),
    ...term('Budget', before.budget, draft.budget, false),
    ...term('Kept open at a time', before.parallel, draft.parallel, false),
    ...term('Approval', before.approval, draft.approval, false),
    ...draft.bounds.flatMap((bounds, i) => {
      const old = before.bounds[i];
      const percent = bounds.component === null ? '' : ' %';
      const range = (one: typeof bounds): string => `${one.min} to ${one.max}${percent}`;
      return old ? term(`Bounds of ${bounds.component ?? bounds.parameter}`, range(old), range(bounds)) : [];
    }),
    ...draft.constraints.flatMap((constraint, i) => {
      const old = before.constraints[i];
      if (!constraint.kept)
        return [{ what: 'Constraint', from: constraint.text, to: 'left out', decides: true }];
      const bound = numberIn(constraint.bound ?? undefined);
      return old?.bound != null && constraint.bound !== null
        ? term(
            `Bound of “${constraint.text}”`,
            old.bound,
            bound === null ? constraint.bound : tickText(bound),
          )
        : [];
    }),
  ];
}
