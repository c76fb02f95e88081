import { describe, expect, it } from '@jest/globals';
import {
  type CampaignEvent,
  chain,
  checkChain,
  emptyLog,
  type RecordedEvent,
  theLoop,
} from '../src/index.js';

const happenings: readonly CampaignEvent[] = [
  { type: 'campaign.moved', to: 'active', note: null },
  { type: 'campaign.switched', proposing: false, dispatch: true },
  { type: 'campaign.moved', to: 'paused', note: 'lunch' },
];

function written(): RecordedEvent[] {
  const events: RecordedEvent[] = [];
  for (const event of happenings) {
    events.push(chain(events.at(-1) ?? emptyLog, 'c1', '2026-01-01T00:00:00.000Z', theLoop, event));
  }
  return events;
}

describe('the chain of a log', () => {
  it('holds as it was written, and ends at its last event', () => {
    expect(checkChain(written())).toMatchObject({ seq: 3, hash: written()[2]?.hash });
  });

  it('names an event that was changed', () => {
    const events = written();
    const second = events[1]!;
    events[1] = { ...second, event: { type: 'campaign.switched', proposing: true, dispatch: true } };
    expect(() => checkChain(events)).toThrow('event 2 (campaign.switched) was changed after it was written');
  });

  it('names an event whose time, actor or hash was changed', () => {
    for (const change of [
      { at: '2026-01-02T00:00:00.000Z' },
      { actor: { kind: 'person', name: 'eve' } as const },
    ]) {
      const events = written();
      events[2] = { ...events[2]!, ...change };
      expect(() => checkChain(events)).toThrow('event 3');
    }
  });

  it('names an event that is missing, and one that was put in another place', () => {
    const [first, , third] = written();
    expect(() => checkChain([first!, third!])).toThrow('event 2 is missing');
    expect(() => checkChain([first!, { ...third!, seq: 2 }])).toThrow('event 2 does not follow from event 1');
  });
});
