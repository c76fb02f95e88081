import type { Actor } from './access.js';
import { invalidState, IonloopError } from './errors.js';
import { hashOf } from './hash.js';
import type { Point } from './space-spec.js';

/**
 * Results from elsewhere that a campaign's models learn from beside its own: of an earlier campaign, of the literature.
 * They are copied when they are added, so that a plan can be made again whatever becomes of where they came from.
 */
export interface Knowledge {
  readonly id: string;
  readonly campaignId: string;
  /** By which the planner tells its rows from those of others: 1, 2, … in the order in which they were added. */
  readonly number: number;
  readonly name: string;
  readonly origin: KnowledgeOrigin;
  readonly rows: readonly KnowledgeRow[];
  /** Of the rows. */
  readonly hash: string;
  readonly addedBy: string;
  readonly createdAt: string;
  /** Null as long as plans are made with it. */
  readonly removed: { readonly by: string; readonly at: string; readonly reason: string } | null;
}

export type KnowledgeOrigin =
  | {
      readonly kind: 'campaign';
      readonly campaignId: string;
      readonly campaignName: string;
      /** Where its log ended when it was copied. */
      readonly seq: number;
      /** How its points and values became points and values of this campaign; only what was not the same. */
      readonly notes: readonly string[];
      /** Its results that are not among the rows: another material, a property not measured. */
      readonly leftOut: number;
    }
  | {
      readonly kind: 'table';
      readonly fileName: string;
      /** Of the table's bytes. */
      readonly sha256: string;
      /** Where it is from: a DOI, a book. */
      readonly citation: string | null;
    };

/** What was measured at one point, in the parameters and units of the campaign that it was added to. */
export interface KnowledgeRow {
  readonly point: Point;
  /** Several of one property are repeats. */
  readonly values: readonly KnowledgeValue[];
  readonly note?: string;
}

export interface KnowledgeValue {
  readonly property: string;
  readonly value: number;
  /** How far the value may be off, by one standard deviation. */
  readonly sd?: number;
}

/** As it stands in an event; who added it and when is in the event's own head. */
export type NewKnowledge = Omit<Knowledge, 'campaignId' | 'addedBy' | 'createdAt' | 'removed'>;

export const knowledgeHash = (rows: readonly KnowledgeRow[]): string => hashOf(rows);

/** Rows that are not those of their hash are no knowledge. */
export function addedKnowledge(
  added: NewKnowledge,
  { campaignId, at, actor }: { readonly campaignId: string; readonly at: string; readonly actor: Actor },
): Knowledge {
  if (knowledgeHash(added.rows) !== added.hash) {
    throw new IonloopError('RECORD_CORRUPT', `the rows of knowledge ${added.id} are not those of its hash`);
  }
  return { ...added, campaignId, addedBy: actor.name, createdAt: at, removed: null };
}

export function removedKnowledge(
  knowledge: Knowledge,
  removed: NonNullable<Knowledge['removed']>,
): Knowledge {
  if (knowledge.removed !== null) throw invalidState(`"${knowledge.name}" was removed already`);
  return { ...knowledge, removed };
}

/** What plans are made with now, by number. */
export const inUse = (all: readonly Knowledge[]): readonly Knowledge[] =>
  all.filter(({ removed }) => removed === null).sort((a, b) => a.number - b.number);
