import type { Actor, CampaignEvent, RecordedEvent } from '@ionloop/domain';
import { fixed, instant, integer, json, key, nullable, table, text } from './columns.js';

export interface EventRow {
  campaignId: string;
  seq: number;
  at: Date;
  actorKind: Actor['kind'];
  actorName: string;
  actorVia: Actor['via'] | null;
  event: CampaignEvent;
  prevHash: string;
  hash: string;
}

export const eventRow = table<EventRow>({
  name: 'event',
  columns: {
    campaignId: key('event', text('campaign_id')),
    seq: key('event', integer()),
    at: fixed(instant()),
    actorKind: fixed(text('actor_kind')),
    actorName: fixed(text('actor_name')),
    event: fixed(json()),
    prevHash: fixed(text('prev_hash')),
    hash: fixed(text()),
    actorVia: fixed(nullable(json('actor_via'))),
  },
  foreignKeys: [
    {
      name: 'event_campaign_fkey',
      target: 'campaign',
      columnNames: ['campaignId'],
      referencedColumnNames: ['id'],
    },
  ],
});

export const eventFromRow = ({ at, actorKind, actorName, actorVia, ...rest }: EventRow): RecordedEvent => ({
  ...rest,
  at: at.toISOString(),
  actor: { kind: actorKind, name: actorName, ...(actorVia && { via: actorVia }) },
});

export const eventToRow = ({ at, actor, ...rest }: RecordedEvent): EventRow => ({
  ...rest,
  at: new Date(at),
  actorKind: actor.kind,
  actorName: actor.name,
  actorVia: actor.via ?? null,
});
