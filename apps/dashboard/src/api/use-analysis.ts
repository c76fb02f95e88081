import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
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
  readonly run: (request: AnalysisRequestInput) => void;
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

  const run = useCallback(
    (request: AnalysisRequestInput): void => {
      const mine = ++latest.current;
      const follow = async (): Promise<string | null> => {
        const asked = await client
          .mutation(StartAnalysisDocument, { input: { campaignId, request } })
          .toPromise();
        if (asked.error) return sayError(asked.error);
        const { analysis, userErrors } = asked.data?.startAnalysis ?? { analysis: null, userErrors: [] };
        let now: AnalysisStateFragment | null = analysis;
        if (!now) return userErrors.map(({ message }) => message).join(' ') || 'The server gave no answer.';
        while (now.status === 'waiting' || now.status === 'running') {
          if (mine === latest.current) setProgress(now.progress);
          await wait(askAgainMs);
          if (mine !== latest.current) return null;
          const answer = await client
            .query(AnalysisNowDocument, { id: now.id }, { requestPolicy: 'network-only' })
            .toPromise();
          if (answer.error) return sayError(answer.error);
          now = answer.data?.analysis ?? null;
          if (!now) return 'The question is not there any more.';
        }
        if (mine !== latest.current) return null;
        if (now.status !== 'completed') return now.error ?? 'It was cancelled.';
        if (now.result?.__typename === name) setResult(now.result as ResultOf<Name>);
        return null;
      };
      setBusy(true);
      setProblem(null);
      setProgress(null);
      void follow().then((said) => {
        if (mine !== latest.current) return;
        setProblem(said);
        setBusy(false);
      });
    },
    [client, campaignId, name],
  );
  return { result, busy, progress, problem, run };
}
