import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { RecordDocument } from '../../../api/generated/graphql.js';
import { sayError } from '../../../api/use-action.js';
import { joined, type RecordedEvent } from './filter.js';

export interface CampaignRecord {
  readonly events: readonly RecordedEvent[];
  readonly loaded: boolean;
  readonly busy: boolean;
  readonly problem: string | null;
  /** Whether there is more before the oldest of them. */
  readonly earlier: boolean;
  readonly loadEarlier: () => void;
  readonly retry: () => void;
}

const page = 500;

/** A campaign's record from its end: what is new is added, what is earlier comes when it is asked for. */
export function useRecord(campaignId: string, lastSeq: number): CampaignRecord {
  const client = useClient();
  const [events, setEvents] = useState<readonly RecordedEvent[]>([]);
  const [loaded, setLoaded] = useState(false);
  const [asking, setAsking] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const reached = useRef({ from: lastSeq, to: lastSeq });

  const load = useCallback(
    async (after: number, first: number): Promise<boolean> => {
      setAsking((count) => count + 1);
      const { data, error } = await client
        .query(RecordDocument, { id: campaignId, after, first }, { requestPolicy: 'network-only' })
        .toPromise();
      setAsking((count) => count - 1);
      const found = data?.campaign?.events;
      if (!found) {
        setProblem(error ? sayError(error) : 'The campaign is not there any more.');
        return false;
      }
      setProblem(null);
      setLoaded(true);
      setEvents((known) => joined(known, found));
      return true;
    },
    [client, campaignId],
  );

  const loadEarlier = useCallback(() => {
    const { from } = reached.current;
    const after = Math.max(0, from - page);
    void load(after, from - after).then((done) => {
      if (done) reached.current.from = Math.min(reached.current.from, after);
    });
  }, [load]);

  const started = useRef(false);
  useEffect(() => {
    if (!started.current) {
      started.current = true;
      loadEarlier();
      return;
    }
    const { to } = reached.current;
    if (lastSeq <= to) return;
    reached.current.to = lastSeq;
    void load(to, Math.min(1000, lastSeq - to));
  }, [lastSeq, load, loadEarlier]);

  return {
    events,
    loaded,
    busy: asking > 0,
    problem,
    earlier: (events.at(-1)?.seq ?? 1) > 1,
    loadEarlier,
    retry: loadEarlier,
  };
}
