import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type RunningIonloop, until } from '../../support/running.js';
import { answerOf } from './ask.js';

/** What the views' tests share: a browser on a campaign that is over. */
export interface Visit {
  readonly page: () => Page;
  readonly running: () => RunningIonloop;
  readonly campaignId: () => string;
  readonly open: (path: string) => Promise<void>;
}

const slow = 150_000;

/** The planner's views that stand on analyses: each says what the API answers to the same question. */
export function plannerViews({ page, running, campaignId, open }: Visit): void {
  const plot = (name: RegExp) => page().getByRole('img', { name }).first();
  const seen = { timeout: 90_000 };
  const answer = <T>(request: object, fields: string): Promise<T> =>
    answerOf<T>(running(), campaignId(), request, fields);

  it(
    'Bench: models are held against each other, with the errors that the API has',
    async () => {
      await open('/bench');
      await page().getByRole('combobox', { name: 'Folds' }).selectOption('3');
      await page().getByRole('button', { name: 'Run the bench' }).click();
      await page().getByTestId('bench-told').waitFor(seen);
      const names = ['gp', 'forest', 'extra-trees', 'boosting', 'ridge', 'svr-rbf', 'knn', 'auto'];
      const { models } = await answer<{
        models: readonly {
          readonly name: string;
          readonly metrics: { readonly rmse: number; readonly crps: number };
        }[];
      }>(
        { bench: { models: names, folds: 3 } },
        '... on BenchResult { models { name metrics { rmse crps } } }',
      );
      for (const measure of ['rmse', 'crps'] as const) {
        const shown = await page()
          .locator(`[data-metric=${measure}]`)
          .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-value'))));
        const known = models.map(({ metrics }) => metrics[measure]);
        expect([...shown].sort((a, b) => a - b)).toEqual([...known].sort((a, b) => a - b));
      }
      expect(await page().locator('.best-of').count()).toBeGreaterThanOrEqual(6);
      await page().getByRole('button', { name: 'Random forest', exact: true }).click();
      await page().waitForURL('**/bench?*model=forest*');
      await page().getByRole('heading', { name: 'Parity: Random forest' }).waitFor(seen);
      await plot(/mean absolute error of 7 models/i).waitFor(seen);
    },
    slow,
  );

  it(
    'What-if: both batches are those of the API; what is applied holds from then on',
    async () => {
      await open('/what-if?strategy=gp-ucb&beta=3&count=2');
      await page().getByRole('heading', { name: 'Proposals then and now' }).waitFor(seen);
      const fields = '... on WhatIfResult { proposals { point mean } }';
      interface Batch {
        readonly proposals: readonly { readonly mean: number }[];
      }
      const terms = { count: 2, seed: 'what-if' };
      const now = await answer<Batch>({ whatIf: terms }, fields);
      const then = await answer<Batch>(
        { whatIf: { ...terms, strategy: { name: 'gp-ucb', beta: 3 } } },
        fields,
      );
      const shown = await page()
        .locator('main table [data-value]')
        .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-value'))));
      expect(shown.slice(0, 2)).toEqual(then.proposals.map(({ mean }) => mean));
      expect(new Set(shown)).toEqual(new Set([...then.proposals, ...now.proposals].map(({ mean }) => mean)));
      await page()
        .getByText(/The only differences between the two questions are strategy/)
        .waitFor();
      await plot(/map/i).waitFor(seen);
      const settings = async (): Promise<{ strategy: string; settings: { beta: number | null } }> =>
        (
          await running().query<{ campaign: { strategy: string; settings: { beta: number | null } } }>(
            'query ($id: ID!) { campaign(id: $id) { strategy settings { beta } } }',
            { id: campaignId() },
          )
        ).campaign;
      expect((await settings()).strategy).toBe('auto');
      await page().getByRole('button', { name: 'Apply…' }).click();
      const dialog = page().getByRole('dialog');
      await dialog.getByText('gp-ucb').waitFor();
      await dialog.getByLabel('Why?').fill('to look further');
      await dialog.getByRole('button', { name: 'Apply', exact: true }).click();
      await until('the strategy', async () => (await settings()).strategy === 'gp-ucb');
      expect((await settings()).settings.beta).toBe(3);
    },
    slow,
  );

  it(
    'Space: candidates come in the server’s order, page by page',
    async () => {
      const { campaign } = await running().query<{ campaign: { settings: { beta: number | null } } }>(
        'query ($id: ID!) { campaign(id: $id) { settings { beta } } }',
        { id: campaignId() },
      );
      const beta = campaign.settings.beta ?? 2;
      await open('/space?score=ucb');
      const panel = page().getByRole('region', { name: /^Candidates/ });
      await panel.getByRole('row').nth(3).waitFor(seen);
      const scores = (): Promise<number[]> =>
        panel
          .locator('[data-score]')
          .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-score'))));
      const first = await scores();
      const { candidates } = await answer<{
        candidates: { totalCount: number; nodes: readonly { score: number }[] };
      }>(
        { candidates: { score: 'ucb', beta } },
        '... on CandidatesResult { candidates(first: 20, filter: { tried: false }) { totalCount nodes { score } } }',
      );
      expect(first).toEqual(candidates.nodes.slice(0, first.length).map(({ score }) => score));
      await panel.getByText(`of ${candidates.totalCount.toLocaleString('en')}`).waitFor();
      await panel.getByRole('button', { name: 'Next' }).click();
      await until('the next page', async () => (await scores())[0] === candidates.nodes[first.length]?.score);
      await panel.getByRole('button', { name: 'Previous' }).click();
      await until('the first page', async () => (await scores())[0] === first[0]);
    },
    slow,
  );

  it(
    'Model: predictions are explained, result by result and on the whole',
    async () => {
      await open('/model?column=Li2SO4&correlation=spearman');
      await plot(/shapley values of \d+ results by 3 columns/i).waitFor(seen);
      await plot(/permutation importances of 3 columns/i).waitFor(seen);
      await plot(/partial dependence on Li2SO4/i).waitFor(seen);
      await plot(/spearman correlations of 4 columns/i).waitFor(seen);
      const { tree } = await answer<{ tree: { leaves: readonly { numbers: readonly number[] }[] } }>(
        { relations: { shown: 400 } },
        '... on RelationsResult { tree { leaves { numbers } } }',
      );
      const results = tree.leaves.flatMap(({ numbers }) => numbers);
      await plot(
        new RegExp(`dendrogram of ${results.length} results in ${tree.leaves.length} lea`, 'i'),
      ).waitFor(seen);
    },
    slow,
  );

  it(
    'results are found and sorted by the server',
    async () => {
      await open('?find=12');
      const results = page().getByRole('region', { name: /^Results/ });
      await results.getByText(/^All \d+ are listed/).waitFor(seen);
      expect(await results.getByRole('rowheader', { name: '12', exact: true }).count()).toBe(1);
      const [saved] = await Promise.all([
        page().waitForEvent('download'),
        results.getByRole('button', { name: 'CSV of the results listed' }).click(),
      ]);
      const [head, ...lines] = readFileSync(await saved.path(), 'utf8')
        .trim()
        .split('\r\n');
      expect(head).toMatch(/^experiment,composition\.Li3PO4,.*ionic_conductivity \(S\/cm\)/);
      expect(lines).toHaveLength(await results.getByRole('rowheader').count());
      expect(lines.map((line) => line.split(',')[0])).toContain('12');
      await open('');
      await results.getByRole('button', { name: /^Ionic conductivity/ }).click();
      await page().waitForURL((url) => url.searchParams.get('order') === 'value-down');
      const { campaign } = await running().query<{
        campaign: { experiments: { totalCount: number; nodes: readonly { number: number }[] } };
      }>(
        `query ($id: ID!) { campaign(id: $id) { experiments(first: 3, orderBy: { by: value, descending: true },
        states: [accepted, failed_sample, infeasible, cancelled]) { totalCount nodes { number } } } }`,
        { id: campaignId() },
      );
      const wanted = campaign.experiments.nodes.map(({ number }) => String(number));
      await until('the best first', async () => {
        const heads = await results.getByRole('rowheader').allInnerTexts();
        return JSON.stringify(heads.slice(0, 3)) === JSON.stringify(wanted);
      });
    },
    slow,
  );
}
