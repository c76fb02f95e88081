import {
  type CampaignSpec,
  invalidInput,
  isOwner,
  type LabPolicy,
  taskKinds,
  type TaskOwner,
} from '@ionloop/domain';
import { openSpace, parseSpaceSpec } from '@ionloop/space';
import { type Fields, integer, memberOf, number, object, text } from '../input.js';
import { goalsIn } from './goals.js';
import { reviewWith } from './review.js';
import { strategyWith } from './strategy.js';

export const limits = { name: 120, description: 4000, budget: 100_000, parallel: 96 } as const;

/** What a campaign is made with and may get otherwise later. */
export const changeableFields = [
  'name',
  'description',
  'space',
  'objective',
  'objectives',
  'limits',
  'cost',
  'strategy',
  'settings',
  'initial',
  'budget',
  'parallel',
  'approval',
  'review',
] as const;

/** Reads a campaign from untrusted JSON; the first thing that is wrong is named by its field. */
export function parseCampaignSpec(
  input: unknown,
  defaults: { readonly lab: LabPolicy; readonly seed: string },
): CampaignSpec {
  const fields = object(input, 'input', [...changeableFields, 'seed', 'lab']);
  const name = text(fields['name'], 'name', { min: 1, max: limits.name });
  const spaceSpec = parseSpaceSpec(fields['space']);
  const space = openSpace(spaceSpec);
  const budget = integer(fields['budget'], 'budget', { min: 1, max: limits.budget });
  const usual = { name: 'auto', initial: Math.min(budget, 2 * (space.dimension + 1)) } as const;
  const { strategy: strategyName, initial, settings } = fields;
  return {
    name,
    description: text(fields['description'] ?? '', 'description', { min: 0, max: limits.description }),
    space: spaceSpec,
    ...goalsIn(fields, spaceSpec),
    strategy: strategyWith(usual, { name: strategyName, initial, settings }, budget),
    budget,
    parallel: integer(fields['parallel'] ?? 4, 'parallel', { min: 1, max: limits.parallel }),
    approval: memberOf(fields['approval'] ?? 'manual', 'approval', ['manual', 'automatic'] as const),
    seed: text(fields['seed'] ?? defaults.seed, 'seed', { min: 1, max: 200 }),
    lab: parseLabPolicy(fields['lab'], defaults.lab),
    review: reviewWith(undefined, fields['review']),
  };
}

function parseLabPolicy(input: unknown, defaults: LabPolicy): LabPolicy {
  if (input === undefined || input === null) return defaults;
  const fields = object(input, 'lab', [
    'heartbeatSeconds',
    'leaseSeconds',
    'suspectSeconds',
    'attemptCap',
    'claimSeconds',
    'taskSeconds',
    'taskSecondsBy',
    'taskOwner',
  ]);
  const seconds = (key: 'heartbeatSeconds' | 'leaseSeconds' | 'suspectSeconds'): number =>
    fields[key] === undefined
      ? defaults[key]
      : number(fields[key], `lab.${key}`, { min: 0.01, max: 604_800 });
  const policy = {
    heartbeatSeconds: seconds('heartbeatSeconds'),
    leaseSeconds: seconds('leaseSeconds'),
    suspectSeconds: seconds('suspectSeconds'),
    attemptCap:
      fields['attemptCap'] === undefined
        ? defaults.attemptCap
        : integer(fields['attemptCap'], 'lab.attemptCap', { min: 1, max: 20 }),
    ...parseTaskPolicy(fields, defaults),
  };
  if (policy.leaseSeconds <= policy.heartbeatSeconds) {
    throw invalidInput(
      'lab.leaseSeconds',
      `a lease of ${policy.leaseSeconds} s ends before the next heartbeat, every ${policy.heartbeatSeconds} s`,
    );
  }
  return policy;
}

type TaskPolicy = Pick<LabPolicy, 'claimSeconds' | 'taskSeconds' | 'taskSecondsBy' | 'taskOwner'>;
const year = 366 * 86_400;

function parseTaskPolicy(fields: Fields, defaults: LabPolicy): TaskPolicy {
  const { claimSeconds = defaults.claimSeconds, taskSeconds = defaults.taskSeconds, taskSecondsBy } = fields;
  const { taskOwner = defaults.taskOwner } = fields;
  return {
    ...(claimSeconds !== undefined && { claimSeconds: within(claimSeconds, 'lab.claimSeconds') }),
    ...(taskSeconds !== undefined && { taskSeconds: within(taskSeconds, 'lab.taskSeconds') }),
    ...(taskSecondsBy !== undefined && { taskSecondsBy: secondsByKind(taskSecondsBy) }),
    ...(taskOwner !== undefined && { taskOwner: ownerAt(taskOwner, 'lab.taskOwner') }),
  };
}

const within = (value: unknown, field: string): number => number(value, field, { min: 0.01, max: year });

function secondsByKind(value: unknown): NonNullable<TaskPolicy['taskSecondsBy']> {
  const fields = object(value, 'lab.taskSecondsBy', taskKinds);
  return Object.fromEntries(
    Object.entries(fields).map(([kind, seconds]) => [kind, within(seconds, `lab.taskSecondsBy.${kind}`)]),
  );
}

function ownerAt(value: unknown, field: string): TaskOwner {
  const owner = text(value, field, { min: 1, max: 128 });
  if (isOwner(owner)) return owner;
  throw invalidInput(
    field,
    `${field} is "${owner}"; it must be role:approver, role:planner, role:admin or person:<name>`,
  );
}
