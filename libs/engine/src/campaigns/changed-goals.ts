import {
  type Campaign,
  checkEnds,
  invalidInput,
  type OutcomeLimit,
  type PlanObjective,
  type SpaceSpec,
} from '@ionloop/domain';
import { type Fields, memberOf, object, text } from '../input.js';
import { aimedAt, checkTogether, costIn, endsIn, goals, type Goals, listIn, propertiesOf } from './goals.js';

type Changed = { readonly [K in keyof Goals]?: Goals[K] | null };

/**
 * Goals, ends of windows, limits and costs may be others. What is measured stays what it is: results that are there could
 * not be compared, and specs that are approved would ask for something else.
 */
export function changedGoals(campaign: Campaign, fields: Fields, space: SpaceSpec): Changed {
  const { cost } = fields;
  const objectives = changedObjectives(campaign, fields);
  const limits = changedLimits(campaign, fields['limits']);
  checkTogether({
    objectives: objectives ?? campaign.objectives,
    limits: limits ?? campaign.limits ?? [],
  });
  return {
    ...(objectives && { objectives }),
    ...(limits && { limits }),
    ...(cost !== undefined && { cost: cost === null ? null : costIn(cost, space) }),
  };
}

function changedObjectives(campaign: Campaign, fields: Fields): Goals['objectives'] | undefined {
  const { objective = null, objectives = null } = fields;
  if (objective === null && objectives === null) return undefined;
  if (objective !== null && objectives !== null) {
    throw invalidInput('objectives', 'both objective and objectives are given; give one of them');
  }
  const before = campaign.objectives;
  const [first, ...rest] = before;
  if (objective !== null) return [changedObjective(campaign, first, objective, 'objective'), ...rest];
  const given = listIn(objectives, 'objectives', { min: 1, max: before.length }).map((one, k) => {
    const field = `objectives[${k}]`;
    const { property } = object(one, field, objectiveFields);
    return { one, field, property: text(property, `${field}.property`, { min: 1, max: 80 }) };
  });
  refuseStrangers(
    given.map(({ property }) => property),
    before.map(({ property }) => property),
    'objectives',
  );
  const next = before.map((each) => {
    const own = given.find(({ property }) => property === each.property);
    return own ? changedObjective(campaign, each, own.one, own.field) : each;
  });
  return next as unknown as Goals['objectives'];
}

const objectiveFields = ['property', 'goal', 'transform', 'unit', 'temperatureC', 'low', 'high'] as const;

/** The direction may turn, and a window may move. */
function changedObjective(
  { plans }: Campaign,
  before: PlanObjective,
  input: unknown,
  field: string,
): PlanObjective {
  const fields = object(input, field, objectiveFields);
  refuseMeasuredOtherwise(before, fields, field);
  const { goal = null, transform = null } = fields;
  const { low, high, ...kept } = { low: null, high: null, ...before };
  const scale =
    transform === null
      ? before.transform
      : memberOf(transform, `${field}.transform`, ['none', 'log10'] as const);
  if (scale !== before.transform && plans > 0) {
    throw invalidInput(
      `${field}.transform`,
      `the scale is ${before.transform}, and predictions were made on it; it stays from the first plan on`,
    );
  }
  const aim = goal === null ? before.goal : memberOf(goal, `${field}.goal`, goals);
  const said = endsIn(fields, field);
  const ends = {
    low: 'low' in fields ? said.low : aim === 'window' ? low : null,
    high: 'high' in fields ? said.high : aim === 'window' ? high : null,
  };
  return aimedAt({ ...kept, transform: scale, goal: aim }, ends, field);
}

function refuseMeasuredOtherwise(
  before: Pick<PlanObjective, 'property' | 'unit' | 'temperatureC'>,
  fields: Fields,
  field: string,
): void {
  for (const key of ['property', 'unit', 'temperatureC'] as const) {
    const wanted = fields[key] ?? undefined;
    if (wanted === undefined || wanted === before[key]) continue;
    throw invalidInput(
      `${field}.${key}`,
      `what is measured stays as it is: ${key} is ${before[key] ?? 'not set'}; begin another campaign for another`,
    );
  }
}

/** Those that are named; the others stay. One without an end limits nothing any more, and goes on being measured. */
function changedLimits(campaign: Campaign, input: unknown): readonly OutcomeLimit[] | undefined {
  if (input === undefined || input === null) return undefined;
  const { limits: before = [], plans } = campaign;
  const given = listIn(input, 'limits', { min: 0, max: 12 }).map((one, k): OutcomeLimit => {
    const field = `limits[${k}]`;
    const fields = object(one, field, ['property', 'unit', 'transform', 'low', 'high', 'temperatureC']);
    const property = text(fields['property'], `${field}.property`, { min: 1, max: 80 });
    const known =
      before.find((limit) => limit.property === property) ??
      campaign.objectives.find((objective) => objective.property === property);
    if (!known) {
      throw invalidInput(
        `${field}.property`,
        `${property} is not measured in this campaign, which measures ${propertiesOf(campaign).join(', ')}; begin another campaign for another`,
      );
    }
    refuseMeasuredOtherwise(known, fields, field);
    const transform =
      fields['transform'] === undefined || fields['transform'] === null
        ? known.transform
        : memberOf(fields['transform'], `${field}.transform`, ['none', 'log10'] as const);
    if (transform !== known.transform && plans > 0) {
      throw invalidInput(
        `${field}.transform`,
        `the scale is ${known.transform}, and predictions were made on it; it stays from the first plan on`,
      );
    }
    const { unit, temperatureC } = known;
    const ends = endsIn(fields, field);
    checkEnds(field, { ...ends, transform });
    return { property, unit, transform, ...ends, ...(temperatureC !== undefined && { temperatureC }) };
  });
  refuseStrangers(
    given.map(({ property }) => property),
    null,
    'limits',
  );
  const stays = before.map((limit) => given.find(({ property }) => property === limit.property) ?? limit);
  const more = given.filter(({ property }) => !before.some((limit) => limit.property === property));
  return [...stays, ...more];
}

function refuseStrangers(given: readonly string[], known: readonly string[] | null, field: string): void {
  given.forEach((property, k) => {
    if (given.indexOf(property) !== k) {
      throw invalidInput(`${field}[${k}].property`, `${property} is named twice`);
    }
    if (known !== null && !known.includes(property)) {
      throw invalidInput(
        `${field}[${k}].property`,
        `${property} is no objective of this campaign; they are ${known.join(', ')}`,
      );
    }
  });
}

/** For trying them without writing them down. */
export function withGoals(campaign: Campaign, fields: Fields): Campaign {
  const { cost: before, ...kept } = campaign;
  const { cost = before, ...others } = changedGoals(campaign, fields, campaign.space);
  return { ...kept, ...others, ...(cost && { cost }) } as Campaign;
}
