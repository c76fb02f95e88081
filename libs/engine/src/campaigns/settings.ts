import {
  type Campaign,
  type CampaignChange,
  canonicalJson,
  invalidInput,
  type MixtureSpec,
  type ParameterSpec,
  type PoolSpec,
  type SpaceSpec,
} from '@ionloop/domain';
import { openSpace, parseSpaceSpec, type Space } from '@ionloop/space';
import { type Fields, integer, memberOf, object, text } from '../input.js';
import { changedGoals } from './changed-goals.js';
import { reviewWith } from './review.js';
import { changeableFields, limits } from './spec.js';
import { strategyWith } from './strategy.js';

/** What of untrusted JSON is another setting than the campaign has, and the new space where there is one. */
export function changeOf(
  campaign: Campaign,
  input: unknown,
): { readonly change: CampaignChange; readonly space: Space | null } {
  const fields = object(input, 'input', changeableFields);
  const wanted = settingsIn(campaign, fields);
  const change = Object.fromEntries(
    Object.entries(wanted).filter(
      ([key, value]) =>
        value !== undefined &&
        canonicalJson(value) !== canonicalJson(campaign[key as keyof CampaignChange] ?? null),
    ),
  ) as CampaignChange;
  return { change, space: change.space === undefined ? null : openSpace(change.space) };
}

function settingsIn(campaign: Campaign, fields: Fields): { readonly [K in keyof CampaignChange]?: unknown } {
  const given = (key: (typeof changeableFields)[number]): unknown => fields[key] ?? undefined;
  const at = <T>(key: (typeof changeableFields)[number], read: (value: unknown) => T): T | undefined =>
    given(key) === undefined ? undefined : read(given(key));
  const budget = at('budget', (value) => integer(value, 'budget', { min: 1, max: limits.budget }));
  const space = at('space', (value) => spaceIn(campaign.space, value));
  return {
    name: at('name', (value) => text(value, 'name', { min: 1, max: limits.name })),
    description: at('description', (value) =>
      text(value, 'description', { min: 0, max: limits.description }),
    ),
    space,
    ...changedGoals(campaign, fields, space ?? campaign.space),
    strategy: strategyWith(
      campaign.strategy,
      { name: given('strategy'), initial: given('initial'), settings: given('settings') },
      budget ?? campaign.budget,
    ),
    budget,
    parallel: at('parallel', (value) => integer(value, 'parallel', { min: 1, max: limits.parallel })),
    approval: at('approval', (value) => memberOf(value, 'approval', ['manual', 'automatic'] as const)),
    review: at('review', (value) => reviewWith(campaign.review, value)),
  };
}

/** Bounds, steps, choices, candidates and constraints may change; what the parameters are may not. */
function spaceIn(before: SpaceSpec, input: unknown): SpaceSpec {
  const next = parseSpaceSpec(input);
  const names = ({ parameters }: SpaceSpec): string => parameters.map(({ name }) => name).join(', ');
  if (names(before) !== names(next)) {
    throw invalidInput(
      'space.parameters',
      `the parameters are ${names(before)} and stay so: experiments are points of them; begin another campaign for others`,
    );
  }
  next.parameters.forEach((parameter, i) => {
    const known = before.parameters[i];
    const what = known && differenceOf(known, parameter);
    if (!what) return;
    throw invalidInput(
      `space.parameters[${i}].${what}`,
      `${parameter.name} keeps its ${what}: experiments that are there were described with it`,
    );
  });
  return next;
}

function differenceOf(before: ParameterSpec, next: ParameterSpec): string | null {
  if (before.kind !== next.kind) return 'kind';
  const unitOf = (spec: ParameterSpec): string | undefined => ('unit' in spec ? spec.unit : undefined);
  if (unitOf(before) !== unitOf(next)) return 'unit';
  if (before.kind === 'mixture' && namesIn(before) !== namesIn(next as MixtureSpec)) return 'components';
  if (before.kind === 'pool' && featuresOf(before) !== featuresOf(next as PoolSpec)) return 'features';
  return null;
}

const namesIn = ({ components }: MixtureSpec): string => canonicalJson(components.map(({ name }) => name));
const featuresOf = ({ features }: PoolSpec): string => canonicalJson(features);
