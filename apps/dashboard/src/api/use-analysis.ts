import { useCallback, useEffect, useRef, useState } from 'react';
import { type Client, useClient } from 'urql';
import {
  AnalysisNowDocument,
  type AnalysisRequestInput,
  type AnalysisStateFragment,
  StartAnalysisDocument,
} from './generated/graphql.js';
import { sayError } from './use-action.js';

export type AnalysisResult = NonNullable<AnalysisStateFragment['result']>;
type ResultOf<Name extends AnalysisResult['__typename']> = Extract<
  AnalysisResult,
  { readonly __typename: Name }
>;

export interface Analysis<Result> {
  /** What was answered last; it stays while the next answer is on its way. */
  readonly result: Result | null;
  readonly busy: boolean;
  /** The share that is done, where somebody knows. */
  readonly progress: number | null;
  readonly problem: string | null;
  /** What was answered last: where its rows are, what it was asked of, how long a worker was at it. */
  readonly answered: Answered | null;
  readonly run: (request: AnalysisRequestInput) => void;
  /** An answer that is kept, or on its way. */
  readonly show: (analysisId: string) => void;
}

export interface Answered {
  readonly id: string;
  readonly dataRevision: number;
  readonly seconds: number | null;
}

const askAgainMs = 600;
const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** A question that a worker answers: asked, followed while it is worked on, and given with its answer. */
export function useAnalysis<Name extends AnalysisResult['__typename']>(
  campaignId: string,
  name: Name,
): Analysis<ResultOf<Name>> {
  const client = useClient();
  const [result, setResult] = useState<ResultOf<Name> | null>(null);
  const [busy, setBusy] = useState(false);
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef(0);
  useEffect(
    () => () => {
      latest.current++;
    },
    [],
  );

  const [answered, setAnswered] = useState<Answered | null>(null);

  const follow = useCallback(
    (first: () => Promise<AnalysisStateFragment | string>): void => {
      const mine = ++latest.current;
      const toTheEnd = async (): Promise<string | null> => {
        let now = await first();
        while (typeof now !== 'string' && (now.status === 'waiting' || now.status === 'running')) {
          if (mine !== latest.current) return null;
          setProgress(now.progress);
          await wait(askAgainMs);
          if (mine !== latest.current) return null;
          now = await stateOf(client, now.id);
        }
        if (typeof now === 'string') return now;
        if (mine !== latest.current) return null;
        if (now.status !== 'completed') return now.error ?? 'It was cancelled.';
        if (now.result?.__typename !== name) return null;
        setResult(now.result as ResultOf<Name>);
        setAnswered({ id: now.id, dataRevision: now.dataRevision, seconds: secondsOf(now) });
        return null;
      };
      setBusy(true);
      setProblem(null);
      setProgress(null);
      void toTheEnd().then((said) => {
        if (mine !== latest.current) return;
        setProblem(said);
        setBusy(false);
      });
    },
    [client, name],
  );
  const run = useCallback(
    (request: AnalysisRequestInput) => follow(() => asked(client, campaignId, request)),
    [client, campaignId, follow],
  );
  const show = useCallback((id: string) => follow(() => stateOf(client, id)), [client, follow]);
  return { result, busy, progress, problem, answered, run, show };
}

async function asked(
  client: Client,
  campaignId: string,
  request: AnalysisRequestInput,
): Promise<AnalysisStateFragment | string> {
  const { data, error } = await client
    .mutation(StartAnalysisDocument, { input: { campaignId, request } })
    .toPromise();
  if (error) return sayError(error);
  const { analysis, userErrors } = data?.startAnalysis ?? { analysis: null, userErrors: [] };
  return analysis ?? (userErrors.map(({ message }) => message).join(' ') || 'The server gave no answer.');
}

async function stateOf(client: Client, id: string): Promise<AnalysisStateFragment | string> {
  const { data, error } = await client
    .query(AnalysisNowDocument, { id }, { requestPolicy: 'network-only' })
    .toPromise();
  if (error) return sayError(error);
  return data?.analysis ?? 'The question is not there any more.';
}

const secondsOf = ({ startedAt, endedAt }: AnalysisStateFragment): number | null =>
  startedAt === null || endedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
