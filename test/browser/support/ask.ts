import { expect } from '@jest/globals';
import { type RunningIonloop, until } from '../../support/running.js';

interface Asked {
  readonly startAnalysis: {
    readonly analysis: { readonly id: string } | null;
    readonly userErrors: readonly { readonly message: string }[];
  };
}
interface Told {
  readonly analysis: {
    readonly status: string;
    readonly error: string | null;
    readonly result: Readonly<Record<string, never>> | null;
  };
}

const askText = `mutation ($input: StartAnalysisInput!) { startAnalysis(input: $input) { analysis { id } userErrors { message } } }`;

/** What the API answers to the question that a view asks. */
export async function answerOf<T>(
  running: RunningIonloop,
  campaignId: string,
  request: object,
  fields: string,
): Promise<T> {
  const { startAnalysis } = await running.query<Asked>(askText, { input: { campaignId, request } });
  expect(startAnalysis.userErrors).toEqual([]);
  return until(
    'the answer',
    async () => {
      const { analysis } = await running.query<Told>(
        `query ($id: ID!) { analysis(id: $id) { status error result { __typename ${fields} } } }`,
        { id: startAnalysis.analysis?.id },
      );
      if (analysis.status === 'failed') throw new Error(analysis.error ?? 'failed');
      return analysis.status === 'completed' && (analysis.result as T);
    },
    { seconds: 120 },
  );
}
