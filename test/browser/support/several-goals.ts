import { expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { type RunningIonloop, until } from '../../support/running.js';
import { answerOf } from './ask.js';

interface Visit {
  readonly page: () => Page;
  readonly running: () => RunningIonloop;
}

interface Experiment {
  readonly id: string;
  readonly number: number;
  readonly state: string;
  readonly point: { readonly composition: Readonly<Record<string, number>> };
  readonly measurements: readonly {
    readonly property: string;
    readonly value: number;
    readonly status: string;
  }[];
}

interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly strategy: string;
  readonly latestModel: { readonly id: string } | null;
  readonly objectives: readonly { readonly property: string; readonly goal: string }[];
  readonly limits: readonly { readonly property: string; readonly low: number | null }[];
  readonly cost: {
    readonly base: number;
    readonly budget: number | null;
    readonly per: readonly { readonly component: string; readonly perUnit: number }[];
  } | null;
  readonly progress: readonly { readonly volume: number | null }[];
  readonly experiments: { readonly nodes: readonly Experiment[] };
}

const query = `{ campaigns { nodes { id name state strategy latestModel { id } objectives { property goal } limits { property low }
  cost { base budget per { component perUnit } } progress { volume }
  experiments(first: 100) { nodes { id number state point measurements { property value status } } } } } }`;
const name = 'Dense and fast';
const slow = 240_000;
const seen = { timeout: 90_000 };

/** What the lab would find: the more borate the denser, and the less it conducts. */
const measured = (i: number): readonly { property: string; value: number; unit: string }[] => [
  { property: 'ionic_conductivity', value: [2e-4, 5e-5, 8e-5, 3e-4, 1e-5][i % 5] ?? 1e-5, unit: 'S/cm' },
  { property: 'density', value: [2.1, 2.4, 2.3, 2.05, 2.2][i % 5] ?? 2, unit: 'g/cm³' },
];

/** A campaign with two goals, a limit and a cost: made in the wizard, looked at, and thought on otherwise. */
export function severalGoals({ page, running }: Visit): void {
  const found = async (): Promise<Campaign> => {
    const { campaigns } = await running().query<{ campaigns: { nodes: Campaign[] } }>(query);
    const campaign = campaigns.nodes.find((one) => one.name === name);
    if (!campaign) throw new Error(`there is no campaign "${name}"`);
    return campaign;
  };
  const step = (label: string): Promise<void> =>
    page().getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: label }).click();
  const group = (label: string): Locator => page().getByRole('group', { name: label, exact: true });
  const number = async (place: Locator, key = 'data-value'): Promise<number> =>
    Number(await place.getAttribute(key));
  const act = (mutation: string, input: object): Promise<unknown> =>
    running().query(
      `mutation ($input: ${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { userErrors { message } } }`,
      { input },
    );

  it(
    'a campaign with two goals, a limit and a cost is created in the wizard as it was typed',
    async () => {
      await page().goto(`${running().url}/new`);
      await page()
        .getByRole('button', { name: /^Ternary solid/ })
        .click();
      await page().getByLabel('Name', { exact: true }).fill(name);
      await step('What is wanted');
      await page().getByRole('button', { name: 'Add another goal' }).click();
      await group('Goal 2').getByLabel('Property').fill('density');
      await group('Goal 2').getByLabel('Unit').fill('g/cm³');
      await page().getByRole('button', { name: 'Add a limit' }).click();
      await group('Limit 1').getByLabel('Property').fill('density');
      await group('Limit 1').getByLabel('Unit').fill('g/cm³');
      await group('Limit 1').getByLabel('At least').fill('2.08');
      await page().getByRole('button', { name: 'Say what they cost' }).click();
      await page().getByLabel('Each experiment').fill('2');
      await page().getByLabel('Budget in the same unit').fill('100');
      await page().getByRole('button', { name: 'Add what it depends on' }).click();
      await page()
        .getByLabel(/^And for/)
        .selectOption('composition.Li3BO3');
      await page()
        .getByLabel(/^Price a unit/)
        .fill('10');
      await step('The plan');
      await page().getByLabel('Initial design').fill('5');
      await page().getByLabel('At a time').fill('5');
      await step('Check');
      await page().getByRole('button', { name: 'Create and start' }).click();
      await page().getByRole('heading', { name, level: 1 }).waitFor();
      const campaign = await until('five proposals', async () => {
        const now = await found();
        return now.experiments.nodes.length === 5 && now;
      });
      expect(campaign.objectives).toEqual([
        { property: 'ionic_conductivity', goal: 'maximise' },
        { property: 'density', goal: 'maximise' },
      ]);
      expect(campaign.limits).toEqual([{ property: 'density', low: 2.08 }]);
      expect(campaign.cost).toEqual({ base: 2, budget: 100, per: [{ component: 'Li3BO3', perUnit: 10 }] });
    },
    slow,
  );

  it(
    'the overview says how far each goal came, which limits were kept, and what it cost',
    async () => {
      const { experiments } = await found();
      await act('approveExperiments', { ids: experiments.nodes.map(({ id }) => id) });
      for (const [i, { id: experimentId }] of experiments.nodes.entries())
        for (const measurement of measured(i))
          await act('recordMeasurement', { experimentId, measurement, reason: 'by hand' });
      const campaign = await until('their acceptance', async () => {
        const now = await found();
        const done = now.experiments.nodes.filter(
          ({ state, measurements }) => state === 'accepted' && measurements.length === 2,
        );
        return done.length === 5 && now.latestModel !== null && now;
      });
      await page().goto(`${running().url}/campaigns/${campaign.id}`);
      const valuesOf = (property: string): number[] =>
        campaign.experiments.nodes.flatMap(({ measurements }) =>
          measurements.filter((one) => one.property === property).map(({ value }) => value),
        );
      for (const property of ['ionic_conductivity', 'density']) {
        const best = page().locator(`[data-testid=goal][data-property=${property}] [data-value]`);
        await best.waitFor(seen);
        await until(
          'the best',
          async () => (await number(best)) === valuesOf(property).reduce((a, b) => Math.max(a, b)),
        );
      }
      const limit = page().locator('[data-testid=limit] [data-kept]');
      const kept = valuesOf('density').filter((value) => value >= 2.08).length;
      expect([await number(limit, 'data-kept'), await number(limit, 'data-measured')]).toEqual([kept, 5]);
      await until('what is shown of the front', async () => {
        const { progress } = await found();
        return (await number(page().getByTestId('volume'))) === progress.at(-1)?.volume;
      });
      await until('the cost', async () => {
        const { experiments: now } = await found();
        const spent = now.nodes
          .filter(({ state }) => state !== 'rejected' && state !== 'cancelled')
          .reduce((sum, { point }) => sum + 2 + 10 * (point.composition['Li3BO3'] ?? 0), 0);
        return Math.abs((await number(page().getByTestId('cost'))) - spent) < 1e-9;
      });
      await page().getByRole('link', { name: 'Pareto front' }).click();
      await page().waitForURL('**/physics?front=*');
      const told = page().getByTestId('front-told');
      await told.waitFor(seen);
      const { points, growth } = await answerOf<{
        points: readonly { onFront: boolean }[];
        growth: readonly { volume: number }[];
      }>(
        running(),
        campaign.id,
        {
          front: {
            objectives: [
              { property: 'ionic_conductivity', goal: 'maximise' },
              { property: 'density', goal: 'maximise' },
            ],
          },
        },
        '... on FrontResult { points { onFront } growth { number volume } }',
      );
      expect([await number(told, 'data-front'), await number(told, 'data-of')]).toEqual([
        points.filter(({ onFront }) => onFront).length,
        points.length,
      ]);
      expect(await number(page().getByTestId('hypervolume'))).toBe(growth.at(-1)?.volume);
    },
    slow,
  );

  it(
    'what-if: a window, a limit and another cost are tried, as the API plans them',
    async () => {
      const { id } = await found();
      await page().goto(`${running().url}/campaigns/${id}/what-if`);
      await group('Goals').getByLabel('Density (g/cm³)').selectOption('window');
      await group('Goals').getByLabel(/^from/).fill('2.15');
      await group('Goals').getByLabel(/^to/).fill('2.35');
      await group('Limits')
        .getByLabel(/^at least/)
        .fill('2.1');
      await page()
        .getByLabel(/^a unit/)
        .fill('12');
      await page().getByLabel('Proposals shown').fill('2');
      await page().getByRole('button', { name: 'See the next batch' }).click();
      await page().getByRole('heading', { name: 'Proposals then and now' }).waitFor({ timeout: 150_000 });
      const fields = '... on WhatIfResult { proposals { mean } }';
      interface Batch {
        readonly proposals: readonly { readonly mean: number | null }[];
      }
      const terms = { count: 2, seed: 'what-if' };
      const then = await answerOf<Batch>(
        running(),
        id,
        {
          whatIf: {
            ...terms,
            objectives: [{ property: 'density', goal: 'window', low: 2.15, high: 2.35 }],
            limits: [{ property: 'density', low: 2.1, high: null }],
            cost: {
              base: 2,
              per: [{ parameter: 'composition', component: 'Li3BO3', perUnit: 12 }],
              budget: 100,
            },
          },
        },
        fields,
      );
      const shown = await page()
        .locator('main table [data-value]')
        .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-value'))));
      expect(then.proposals).toHaveLength(2);
      expect(shown.slice(0, 2)).toEqual(then.proposals.map(({ mean }) => mean));
      const address = new URL(page().url()).searchParams;
      expect(address.get('aim density')).toBe('window 2.15..2.35');
      expect(address.get('limit density')).toBe('2.1..');
      for (const told of ['Goal of density', 'Limit of density', 'Cost of an experiment'])
        expect(await page().locator('.changed-terms').getByText(told).count()).toBe(1);
    },
    slow,
  );
}
