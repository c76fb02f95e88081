import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { AuditDocument, type AuditFilterInput, type AuditQuery } from '../../../api/generated/graphql.js';
import { sayError } from '../../../api/use-action.js';
import { joined, meets } from './filter.js';

export type AuditEvent = NonNullable<AuditQuery['campaign']>['audit']['nodes'][number];

interface Known {
  readonly events: readonly AuditEvent[];
  readonly total: number;
  /** Where the next page begins; null where there is none. */
  readonly next: string | null;
}

export interface CampaignRecord extends Known {
  readonly loaded: boolean;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly more: () => void;
  readonly retry: () => void;
}

const pageSize = 60;
/** Of several filters all is asked for at once: an experiment has few events. */
const longestPage = 500;
const nothing: Known = { events: [], total: 0, next: null };

/** A campaign's record from its end: what is new is added, what is earlier comes when it is asked for. */
export function useRecord(
  campaignId: string,
  lastSeq: number,
  filters: readonly AuditFilterInput[],
): CampaignRecord {
  const client = useClient();
  const [known, setKnown] = useState<Known | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef(0);
  const single = filters.length === 1;

  const ask = useCallback(
    async (after: string | null): Promise<(Known & { readonly whole: boolean }) | null> => {
      const mine = ++latest.current;
      setBusy(true);
      const answers = await Promise.all(
        filters.map((filter) =>
          client
            .query(
              AuditDocument,
              { id: campaignId, filter, first: filters.length === 1 ? pageSize : longestPage, after },
              { requestPolicy: 'network-only' },
            )
            .toPromise(),
        ),
      );
      if (mine !== latest.current) return null;
      setBusy(false);
      const pages = answers.flatMap(({ data }) => data?.campaign?.audit ?? []);
      if (pages.length < answers.length) {
        const error = answers.find((answer) => answer.error)?.error;
        setProblem(error ? sayError(error) : 'The campaign is not there any more.');
        return null;
      }
      setProblem(null);
      const [page] = pages;
      const next = single && page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      return {
        events: joined(...pages.map(({ nodes }) => nodes)),
        total: pages.reduce((sum, { totalCount }) => sum + totalCount, 0),
        next,
        whole: next === null,
      };
    },
    [client, campaignId, filters, single],
  );

  const fromTheEnd = useCallback(async (): Promise<void> => {
    const page = await ask(null);
    if (!page) return;
    setKnown((before) => {
      if (before === null || !meets(page.events, before.events, page.whole)) return page;
      const reaches = before.events.length > page.events.length;
      return {
        events: joined(before.events, page.events),
        total: page.total,
        next: reaches ? before.next : page.next,
      };
    });
  }, [ask]);

  const more = useCallback(() => {
    void (async () => {
      const page = await ask(known?.next ?? null);
      if (page) setKnown((before) => ({ ...page, events: joined(before?.events ?? [], page.events) }));
    })();
  }, [ask, known]);

  // Another filter is another list.
  const [shownFor, setShownFor] = useState(filters);
  if (shownFor !== filters) {
    setShownFor(filters);
    setKnown(null);
  }
  useEffect(() => {
    void fromTheEnd();
    return () => {
      latest.current++;
    };
  }, [fromTheEnd, lastSeq]);

  return {
    ...(known ?? nothing),
    loaded: known !== null,
    busy,
    problem,
    more,
    retry: () => void fromTheEnd(),
  };
}
