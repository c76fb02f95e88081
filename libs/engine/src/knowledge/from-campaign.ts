import { convert, convertDifference, PropertyError } from '@ionloop/chemistry';
import {
  type AskedProperty,
  askedOf,
  type Campaign,
  invalidInput,
  type KnowledgeRow,
  type KnowledgeValue,
  type Measurement,
} from '@ionloop/domain';
import { groupBy } from '../planning/group.js';
import type { PlanningSnapshot } from '../ports.js';
import { matchedSpaces, type SpaceMatch } from './match.js';
import { mostRows } from './limits.js';

export interface Gathered {
  readonly rows: readonly KnowledgeRow[];
  readonly notes: readonly string[];
  readonly leftOut: number;
}

/**
 * The accepted results of another campaign as rows of this one, in its parameters and units. Of more than are taken, as
 * many evenly from its first to its last. What that campaign itself learned from others is not passed on.
 */
export function rowsOfCampaign(here: Campaign, there: PlanningSnapshot, match: SpaceMatch): Gathered {
  const spaces = matchedSpaces(here.space, there.campaign.space, match);
  const properties = matchedProperties(here, there.campaign);
  const byExperiment = groupBy(there.accepted, ({ experimentId }) => experimentId);
  const measured = [...there.experiments]
    .sort((a, b) => a.number - b.number)
    .filter(({ id }) => byExperiment.has(id));
  const rows = measured.flatMap(({ id, number, point: other }): readonly KnowledgeRow[] => {
    const point = spaces.pointOf(other);
    const values = properties.shared.flatMap((asked) => valuesOf(asked, byExperiment.get(id) ?? []));
    return point === null || values.length === 0 ? [] : [{ point, values, note: `experiment ${number}` }];
  });
  const kept = evenly(rows, mostRows);
  const notes = [...spaces.notes, ...properties.notes];
  return { rows: kept, notes, leftOut: measured.length - kept.length };
}

function matchedProperties(
  here: Campaign,
  there: Campaign,
): { readonly shared: readonly AskedProperty[]; readonly notes: readonly string[] } {
  const theirs = new Map(askedOf(there).map((one) => [one.property, one]));
  const shared = askedOf(here).filter(({ property }) => theirs.has(property));
  if (shared.length === 0) {
    const namesOf = (campaign: Campaign): string =>
      askedOf(campaign)
        .map(({ property }) => property)
        .join(', ');
    throw invalidInput(
      'campaign',
      `the other campaign measures ${namesOf(there)}; this one measures ${namesOf(here)}`,
    );
  }
  const notes = shared.flatMap((asked): readonly string[] => {
    const other = theirs.get(asked.property) ?? asked;
    const at = ({ temperatureC }: AskedProperty): string =>
      temperatureC === undefined ? 'no stated temperature' : `${temperatureC} °C`;
    return [
      ...(other.unit === asked.unit ? [] : [`${asked.property}: ${other.unit} there, ${asked.unit} here`]),
      ...(other.temperatureC === asked.temperatureC
        ? []
        : [`${asked.property}: at ${at(other)} there, at ${at(asked)} here`]),
    ];
  });
  return { shared, notes };
}

/** What has no value in the other unit, or no logarithm where one is taken, is left out. */
function valuesOf(
  { property, unit, transform }: AskedProperty,
  own: readonly Measurement[],
): readonly KnowledgeValue[] {
  return [...own]
    .filter((one) => one.property === property)
    .sort((a, b) =>
      a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt < b.createdAt ? -1 : 1,
    )
    .flatMap((one): readonly KnowledgeValue[] => {
      try {
        const value = convert(property, one.value, one.unit, unit, { force: true });
        if (transform === 'log10' && value <= 0) return [];
        const { uncertainty } = one;
        const sd = uncertainty === null ? null : convertDifference(property, uncertainty, one.unit, unit);
        return [{ property, value, ...(sd !== null && sd > 0 && { sd }) }];
      } catch (error) {
        if (error instanceof PropertyError) return [];
        throw error;
      }
    });
}

function evenly<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  const chosen = new Set(Array.from({ length: most }, (_, i) => Math.floor((i * all.length) / most)));
  return all.filter((_, i) => chosen.has(i));
}
