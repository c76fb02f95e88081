import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mostConducting, ternarySpace } from '@ionloop/engine/testing';
import type { Browser, Locator, Page } from 'playwright-core';
import { chromiumPath, openChromium, openPage } from '../support/chromium.js';
import { RunningIonloop, until } from '../support/running.js';
import { describeWith } from '../support/shared.js';
import { temporaryHome } from '../e2e/support.js';
import { followedWhileCut } from './support/cut-subscription.js';
import { severalGoals } from './support/several-goals.js';
import { statePages } from './support/state-pages.js';

interface Experiment {
  readonly id: string;
  readonly number: number;
  readonly state: string;
  readonly rank: number;
  readonly outside: string | null;
  readonly value: number | null;
  readonly measurements: readonly { readonly status: string }[];
}

const query = `query ($id: ID!) { campaign(id: $id) { name state strategy budget revision asked best { value }
  experiments(first: 100) { edges { node { id number state rank outside value measurements { status } } } } } }`;

interface Campaign {
  readonly name: string;
  readonly state: string;
  readonly strategy: string;
  readonly budget: number;
  readonly revision: number;
  readonly best: { readonly value: number } | null;
  readonly experiments: { readonly edges: readonly { readonly node: Experiment }[] };
}

/** A minute of it: IONLOOP_CUT_SECONDS=60 npx jest test/browser/decisions -t 'cut again' */
const cutSeconds = Number(process.env['IONLOOP_CUT_SECONDS'] ?? 10);

const create = `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id } userErrors { message } } }`;
const input = {
  name: 'Moves',
  space: ternarySpace(0.05),
  objective: mostConducting,
  ...{ budget: 12, parallel: 3, start: true },
};

/** Nothing is made here: no station is on, so that what a planner does is all that happens. */
describeWith(
  'chromium',
  chromiumPath !== undefined,
  'install the package chromium',
)('what a planner does at the dashboard', () => {
  const home = temporaryHome();
  let running: RunningIonloop;
  let browser: Browser;
  let page: Page;
  let id = '';
  let session = '';
  const complaints: string[] = [];

  beforeAll(async () => {
    running = await RunningIonloop.start({ home: home.path, keepLink: true, env: { IONLOOP_DEMO: '0' } });
    browser = await openChromium();
    page = await openPage(browser);
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(running.link);
    await page
      .getByRole('link', { name: /new campaign/i })
      .first()
      .waitFor();
    session = await page.evaluate<string>("localStorage.getItem('ionloop.session')");
    running.useSession((JSON.parse(session) as { secret: string }).secret);
    const made = await running.query<{ createCampaign: { campaign: { id: string } } }>(create, { input });
    id = made.createCampaign.campaign.id;
    await until(
      'proposals',
      async () => (await states()).filter((state) => state === 'proposed').length === 3,
    );
    await page.goto(`${running.url}/campaigns/${id}`);
    await page.getByRole('heading', { name: 'Moves' }).waitFor();
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await running.stop();
    home.remove();
  }, 240_000);

  const now = async (): Promise<Campaign> =>
    (await running.query<{ campaign: Campaign }>(query, { id })).campaign;
  const experiments = async (): Promise<readonly Experiment[]> =>
    (await now()).experiments.edges.map(({ node }) => node);
  const states = async (): Promise<readonly string[]> => (await experiments()).map(({ state }) => state);
  const proposals = (): Locator => page.getByRole('region', { name: /^Proposals/ });
  const numbersShown = async (): Promise<readonly string[]> =>
    proposals().locator('tbody th').allInnerTexts();
  const field = (label: string): Locator =>
    page.getByRole('dialog').last().getByLabel(label, { exact: true });
  const say = async (reason: string, confirm: string): Promise<void> => {
    const dialog = page.getByRole('dialog').last();
    await dialog.getByRole('textbox').last().fill(reason);
    await dialog.getByRole('button', { name: confirm, exact: true }).click();
  };

  it('changes strategy and budget in mid-run, with a reason, and sees them', async () => {
    await page.getByRole('button', { name: 'Settings…' }).click();
    await field('Strategy').selectOption('gp-ucb');
    await field('Budget').fill('15');
    await say('the beam time ends', 'Change');
    await page.getByText(/strategy gp-ucb/).waitFor();
    expect(await now()).toMatchObject({ strategy: 'gp-ucb', budget: 15, revision: 1 });
    await page
      .getByText(/strategy is gp-ucb.*the budget is 15.*the beam time ends/)
      .first()
      .waitFor();
  }, 240_000);

  it('puts a proposal first and changes another, outside the space only where that is said', async () => {
    await proposals()
      .getByRole('button', { name: /make experiment 3 before/ })
      .click();
    await until('the order', async () => (await numbersShown()).join() === '3,1,2');
    await until('its rank', async () => ((await experiments())[2]?.rank ?? 0) < 0);
    await proposals()
      .getByRole('button', { name: /^Change experiment 2/ })
      .click();
    for (const [label, share] of [
      ['Li3PO4 (%)', '33'],
      ['Li3BO3 (%)', '33'],
      ['Li2SO4 (%)', '34'],
    ] as const)
      await field(label).fill(share);
    await say('a glass that I know', 'Change');
    await page
      .getByRole('dialog')
      .getByText(/steps of 0.05/)
      .waitFor();
    await field('It may lie outside the space').check();
    await page.getByRole('dialog').getByRole('button', { name: 'Change', exact: true }).click();
    await proposals().locator('tbody').getByText('Outside the space').waitFor();
    expect((await experiments()).find(({ number }) => number === 2)?.outside).toMatch(/0.05/);
  }, 240_000);

  it('rejects and takes it back, approves and takes that back', async () => {
    await proposals()
      .getByRole('button', { name: /^Reject experiment 1/ })
      .click();
    await say('too much phosphate', 'Reject');
    await proposals().getByText('Experiment 1 rejected.').waitFor();
    await proposals().getByRole('button', { name: 'Undo' }).click();
    await until('the rejection to be withdrawn', async () => (await states())[0] === 'proposed');
    await until('its row', async () => (await numbersShown()).includes('1'));
    await proposals().getByRole('button', { name: 'Approve experiment 1', exact: true }).click();
    await until('its approval', async () => (await states())[0] === 'queued');
    await proposals().getByRole('button', { name: 'Undo' }).click();
    await until('the approval to be withdrawn', async () => (await states())[0] === 'proposed');
  }, 240_000);

  it('says of each proposal why this experiment', async () => {
    const rows = proposals().locator('tbody tr');
    await until('a row for each', async () => {
      const proposed = (await states()).filter((state) => state === 'proposed').length;
      return proposed >= 3 && (await rows.count()) === proposed;
    });
    for (const row of await rows.all()) {
      const grounds = row.locator('details.grounds');
      await grounds.locator('summary').click();
      await grounds.locator('li').first().waitFor();
      expect((await grounds.locator('ul').innerText()).length).toBeGreaterThan(20);
    }
  }, 240_000);

  it('takes a row away at once, and puts it back where the server refuses to approve it, and says why', async () => {
    const [row] = (await experiments()).filter(({ number }) => number === 3);
    let answer = (): void => undefined;
    const held = new Promise<void>((done) => {
      answer = done;
    });
    await page.route('**/graphql', async (route) => {
      const body = route.request().postData() ?? '';
      if (!body.includes('approveExperiments')) return route.continue();
      const changed = JSON.parse(body) as { variables: { input: { specHashes: string[] } } };
      changed.variables.input.specHashes = ['f'.repeat(64)];
      await held;
      return route.continue({ postData: JSON.stringify(changed) });
    });
    await proposals().getByRole('button', { name: 'Approve experiment 3', exact: true }).click();
    await until('the row to be gone', async () => !(await numbersShown()).includes('3'));
    answer();
    await proposals()
      .getByText(/experiment 3 was changed since it was looked at/)
      .waitFor();
    expect(await numbersShown()).toContain('3');
    expect((await experiments()).find(({ id: one }) => one === row?.id)?.state).toBe('proposed');
    await page.unroute('**/graphql');
  }, 240_000);

  it('excludes a result and restores it, and the best so far follows', async () => {
    const [first] = await experiments();
    const act = (name: string, fields: object) =>
      running.query(
        `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) {
        ${name}(input: $input) { userErrors { message } } }`,
        { input: fields },
      );
    await act('approveExperiments', { ids: [first?.id] });
    const measurement = { property: 'ionic_conductivity', value: 2e-4, unit: 'S/cm' };
    await act('recordMeasurement', { experimentId: first?.id, measurement, reason: 'by the old bridge' });
    await page.getByRole('button', { name: /1 value of experiment 1/ }).click();
    await page.getByRole('button', { name: /^Exclude/ }).click();
    await say('the cell was short', 'Exclude');
    await page.getByRole('dialog').locator('p').getByText('the cell was short').waitFor();
    await until('the best to be gone', async () => (await now()).best === null);
    await page.getByRole('button', { name: /^Restore/ }).click();
    await say('it was not', 'Restore');
    await until('the best', async () => (await now()).best?.value === 2e-4);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
  }, 240_000);

  it('asks for more proposals than the rhythm brings', async () => {
    const before = (await experiments()).length;
    await page.getByRole('button', { name: 'Propose more…' }).click();
    await field('How many').fill('2');
    await say('the weekend is long', 'Propose');
    await until('two more', async () => (await experiments()).length >= before + 2);
  }, 240_000);

  it('follows the record through a subscription that is cut again and again: no gap, none twice', async () => {
    const { createCampaign } = await running.query<{ createCampaign: { campaign: { id: string } } }>(create, {
      input: { ...input, name: 'Cut', start: false },
    });
    const campaignId = createCampaign.campaign.id;
    const { cuts, shown, notes } = await followedWhileCut({
      ...{ browser, running, session, campaignId, seconds: cutSeconds },
      happen: async (turn) => {
        const [a, b] = [1 + (turn % 9), 1 + (Math.floor(turn / 9) % 9)];
        const composition = { Li3PO4: a / 20, Li3BO3: b / 20, Li2SO4: (20 - a - b) / 20 };
        const reason = `turn ${turn}`;
        await running.query(
          'mutation ($input: AddExperimentInput!) { addExperiment(input: $input) { userErrors { message } } }',
          { input: { campaignId, point: { composition }, reason, idempotencyKey: reason } },
        );
      },
    });
    expect(cuts).toBeGreaterThanOrEqual(2);
    expect(notes.some((note) => note.includes('reconnecting'))).toBe(true);
    expect(notes.at(-1)).toContain('live');
    expect(shown.length).toBeGreaterThan(5);
    expect(shown).toEqual(shown.map((_, i) => (shown[0] ?? 0) - i));
  }, 240_000);

  severalGoals({ page: () => page, running: () => running });
  statePages({
    browser: () => browser,
    running: () => running,
    session: () => session,
    campaignId: () => id,
  });

  it('learns from another campaign, and no more where that is decided', async () => {
    const send = <T>(name: string, answer: string, fields: object): Promise<T> =>
      running.query<T>(
        `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${answer} userErrors { message } } }`,
        { input: fields },
      );
    const earlier = await send<{ createCampaign: { campaign: { id: string } } }>(
      'createCampaign',
      'campaign { id }',
      { ...input, name: 'Last year', start: false },
    );
    const campaignId = earlier.createCampaign.campaign.id;
    const composition = { Li3PO4: 0.2, Li3BO3: 0.2, Li2SO4: 0.6 };
    const added = await send<{ addExperiment: { experiment: { id: string } } }>(
      'addExperiment',
      'experiment { id }',
      { campaignId, point: { composition }, reason: 'of last year' },
    );
    const experimentId = added.addExperiment.experiment.id;
    await send('approveExperiments', '', { ids: [experimentId] });
    const measurement = { property: 'ionic_conductivity', value: 5e-5, unit: 'S/cm' };
    await send('recordMeasurement', '', { experimentId, measurement, reason: 'of last year' });

    const known = async (): Promise<readonly { readonly name: string; readonly rowCount: number }[]> =>
      (
        await running.query<{
          campaign: { knowledge: readonly { readonly name: string; readonly rowCount: number }[] };
        }>('query ($id: ID!) { campaign(id: $id) { knowledge { name rowCount } } }', { id })
      ).campaign.knowledge;
    await page.goto(`${running.url}/campaigns/${id}/record`);
    const panel = page.getByRole('region', { name: /^Knowledge from elsewhere/ });
    await panel.getByText('learns from its own results alone').waitFor({ timeout: 90_000 });
    await panel.getByLabel('Learn from', { exact: true }).selectOption({ label: 'Last year' });
    await panel.getByRole('button', { name: 'Add its results' }).click();
    await panel.getByRole('link', { name: 'Last year' }).waitFor({ timeout: 90_000 });
    expect(await known()).toEqual([{ name: 'Last year', rowCount: 1 }]);
    await page
      .getByText(/1 result from elsewhere is learned from: "Last year"/)
      .first()
      .waitFor({ timeout: 90_000 });
    await panel.getByRole('button', { name: 'Remove Last year' }).click();
    await say('another bridge', 'Remove');
    await panel.getByText('learns from its own results alone').waitFor({ timeout: 90_000 });
    expect(await known()).toEqual([]);
  }, 240_000);

  it('completes the campaign and takes it up again', async () => {
    await page.goto(`${running.url}/campaigns/${id}`);
    await page.getByRole('button', { name: 'Complete…' }).click();
    await say('enough for May', 'Complete the campaign');
    await page.getByRole('button', { name: 'Take up again…' }).click();
    await say('June has come', 'Take it up');
    await until('it to go on', async () => (await now()).state === 'active');
    expect(complaints).toEqual([]);
  }, 240_000);
});
