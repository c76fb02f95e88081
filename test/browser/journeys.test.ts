import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ternarySpace } from '@ionloop/engine/testing';
import type { Browser, Page } from 'playwright-core';
import { chromiumPath, openChromium, openPage } from '../support/chromium.js';
import { RunningIonloop, until } from '../support/running.js';
import { describeWith } from '../support/shared.js';
import { temporaryHome } from '../e2e/support.js';
import { Hands } from './hands.js';
import { Station } from './station.js';
import { axe } from './support/axe.js';

interface Experiment {
  readonly id: string;
  readonly number: number;
  readonly state: string;
  readonly origin: string;
}
interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly strategy: string;
  readonly experiments: { readonly nodes: readonly Experiment[] };
  readonly analyses: {
    readonly nodes: readonly {
      readonly kind: string;
      readonly result: { readonly strategies: readonly Rehearsed[] } | null;
    }[];
  };
}
interface Rehearsed {
  readonly strategy: string;
  readonly likelyAfter: number | null;
}

const query = `{ campaigns { nodes { id name state strategy
  experiments(first: 100) { nodes { id number state origin } }
  analyses { nodes { kind result { ... on RehearsalResult { strategies { strategy likelyAfter } } } } } } } }`;

const suspectSeconds = 20;

/** Where a port is free now; the server that takes it comes back on it after it was stopped. */
const freePort = (): Promise<number> =>
  new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => found(port));
    });
  });

/** Whole ways through the page, against the real server; stations are this test, so that they fail when they should. */
describeWith(
  'chromium',
  chromiumPath !== undefined,
  'install the package chromium',
)('the journeys of a planner', () => {
  const home = temporaryHome();
  const complaints: string[] = [];
  let running: RunningIonloop;
  let browser: Browser;
  let page: Page;
  let hands: Hands;
  let station: Station;
  let env: Readonly<Record<string, string>>;

  beforeAll(async () => {
    env = {
      IONLOOP_DEMO: '0',
      IONLOOP_SUSPECT_SECONDS: String(suspectSeconds),
      IONLOOP_PORT: String(await freePort()),
    };
    running = await RunningIonloop.start({ home: home.path, keepLink: true, env });
    browser = await openChromium();
    page = await openPage(browser);
    hands = new Hands(page);
    page.on('pageerror', (error) => complaints.push(error.message));
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await running.stop();
    home.remove();
  }, 240_000);

  const campaignNamed = async (name: string): Promise<Campaign> => {
    const { campaigns } = await running.query<{ campaigns: { nodes: Campaign[] } }>(query);
    const found = campaigns.nodes.find((one) => one.name === name);
    if (!found) throw new Error(`there is no campaign "${name}"`);
    return found;
  };
  const experimentsOf = async (name: string): Promise<readonly Experiment[]> =>
    (await campaignNamed(name)).experiments.nodes;

  it('the first load is at most 300 kB over the wire, and brings the page', async () => {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(running.link);
    await page.getByText('No campaign yet').waitFor();
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(300_000);
    await session.detach();
    running.useSession(
      await page.evaluate<string>("JSON.parse(localStorage.getItem('ionloop.session')).secret"),
    );
    station = await Station.signedOn(running, 'journey');
  }, 240_000);

  describe('by the keyboard alone', () => {
    it('a campaign is created from a template, started, and its proposals approved', async () => {
      await hands.press('link', /^New campaign$/);
      await page.getByText('Ternary solid electrolyte').waitFor();
      await hands.press('button', /^Ternary solid electrolyte/);
      await hands.tabTo('textbox', /^Name$/);
      await page.keyboard.press('Control+a');
      await page.keyboard.type('By keyboard');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/new/space');
      await hands.press('link', /Check and create/);
      await page.waitForURL('**/new/check');
      await hands.press('button', /^Create and start$/);
      await page.getByRole('heading', { name: 'By keyboard' }).waitFor();
      await until('four proposals', async () => (await experimentsOf('By keyboard')).length === 4);
      await page.getByRole('button', { name: /approve all/i }).waitFor();
      await hands.press('button', /approve all/i);
      await until('their approval', async () =>
        (await experimentsOf('By keyboard')).every(({ state }) => state === 'queued'),
      );
    }, 240_000);

    it('a failed sample is told, and a suspect attempt is decided on', async () => {
      const [silent, failing] = await station.claim(2);
      if (!silent || !failing) throw new Error('the station was offered nothing');
      await station.begin(silent);
      await station.begin(failing);
      await station.fail(failing, 'the pellet cracked');
      const { experimentNumber: failed } = failing;
      await page.getByText(/1 failed/).waitFor();
      await page.locator('.badge', { hasText: 'Sample failed' }).first().waitFor();
      const experiments = await experimentsOf('By keyboard');
      expect(experiments.find(({ number }) => number === failed)?.state).toBe('failed_sample');
      await page.getByRole('heading', { name: /Waits for your decision/ }).waitFor();
      await hands.press('button', new RegExp(`^Requeue experiment ${silent.experimentNumber}`));
      await page.getByRole('dialog').waitFor();
      await hands.tabTo('textbox', /station/);
      await page.keyboard.type('the furnace was off');
      await hands.press('button', /^Requeue$/);
      await until('the experiment to be queued again', async () =>
        (await experimentsOf('By keyboard')).some(
          ({ number, state }) => number === silent.experimentNumber && state === 'queued',
        ),
      );
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }, 240_000);

    it('the tour is gone through, left, and not offered again', async () => {
      await page.goto(running.url);
      await hands.press('link', /^Take the tour$/);
      const card = page.getByRole('dialog', { name: /One search/ });
      await card.waitFor();
      await hands.press('button', /^Next$/);
      await page.waitForURL('**tour=2');
      await page.getByRole('dialog', { name: 'The planner proposes' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.goto(running.url);
      await page.locator('.campaign-card', { hasText: 'By keyboard' }).waitFor();
      expect(await page.getByText('New here?').count()).toBe(0);
      await page.getByRole('link', { name: 'Help' }).click();
      await page.getByRole('link', { name: 'Take the tour' }).waitFor();
    }, 240_000);
  });

  describe('a new campaign', () => {
    const step = (name: string): Promise<void> =>
      page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name }).click();

    it('puts each error at its field, the server’s among them', async () => {
      await page.goto(`${running.url}/new`);
      await page.getByRole('button', { name: /^Sintering window/ }).click();
      await page.getByLabel('Name', { exact: true }).fill('');
      await page.getByRole('button', { name: /^Next/ }).click();
      const name = page.getByLabel('Name', { exact: true });
      await until('the focus', () => name.evaluate((field) => field === document.activeElement));
      expect(await name.getAttribute('aria-invalid')).toBe('true');
      await name.fill('Bad bounds');
      await step('What varies');
      await page.getByLabel('Maximum').first().fill('700');
      await page.locator('.field', { hasText: 'Maximum' }).locator('.error', { hasText: '700' }).waitFor();
      await step('The plan');
      await page.getByLabel('Budget').fill('many');
      await step('Check');
      await page.getByRole('button', { name: 'Create and start' }).click();
      await page.waitForURL('**/new/plan');
      await page.getByText('“many” is not a number').waitFor();
      const budget = page.getByLabel('Budget');
      await until('the focus', () => budget.evaluate((field) => field === document.activeElement));
    }, 240_000);

    it('is kept while the page is closed and nobody is signed in, each step at its address', async () => {
      const session = await page.evaluate<string>("localStorage.getItem('ionloop.session')");
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { level: 1, name: /sign in/i }).waitFor();
      await page.evaluate(`localStorage.setItem('ionloop.session', ${JSON.stringify(session)})`);
      await page.goto(`${running.url}/new/plan`);
      await page.getByText(/Your draft “Bad bounds” is as you left it/).waitFor();
      expect(await page.getByLabel('Budget').inputValue()).toBe('many');
      await page.getByRole('button', { name: 'Begin anew' }).click();
      expect(await page.getByLabel('Budget').inputValue()).toBe('30');
      await page.reload();
      await page.getByLabel('Budget').waitFor();
      expect(await page.getByText('as you left it').count()).toBe(0);
    }, 240_000);

    it('says what each constraint takes away, as the server counts it', async () => {
      await page.goto(`${running.url}/new`);
      await page.getByRole('button', { name: /^Ternary solid/ }).click();
      await step('What must hold');
      await page.getByRole('button', { name: /^Sum/ }).click();
      await page.getByLabel('Part 1').selectOption('composition.Li3PO4');
      await page.getByLabel('Part 2').selectOption('composition.Li3BO3');
      await page.getByLabel('Bound').fill('0.8');
      await page.getByTestId('removes').waitFor();
      const { previewSpace } = await running.query<{
        previewSpace: { effects: { size: number; constraints: { removes: number }[] } };
      }>(
        'query ($space: JSON!) { previewSpace(space: $space) { effects { size constraints { removes } } } }',
        {
          space: {
            ...ternarySpace(0.01),
            constraints: [
              { kind: 'sum', of: ['composition.Li3PO4', 'composition.Li3BO3'], relation: '<=', bound: 0.8 },
            ],
          },
        },
      );
      const { size, constraints } = previewSpace.effects;
      await until(
        'the count',
        async () =>
          (await page.getByTestId('removes').getAttribute('data-value')) === String(constraints[0]?.removes),
      );
      expect(await page.getByTestId('space-size').getAttribute('data-value')).toBe(String(size));
    }, 240_000);

    it('brings past results in, bad rows marked, and is rehearsed before it starts', async () => {
      await step('Start');
      await page.getByLabel('Name', { exact: true }).fill('With a past');
      await step('Check');
      await page.getByRole('button', { name: 'Create as a draft' }).click();
      await page.waitForURL('**/new/history?campaign=*');
      const file = join(home.path, 'past.csv');
      writeFileSync(file, past);
      await page.getByLabel('Table of results (CSV)').setInputFiles(file);
      await page.getByText(/2 rows cannot be imported/).waitFor();
      expect(await page.locator('tr.bad-row').count()).toBe(2);
      expect(await page.locator('td.bad-cell').allInnerTexts()).toEqual(['0.4x']);
      const bringIn = page.getByRole('button', { name: /^Bring in/ });
      expect(await bringIn.isDisabled()).toBe(true);
      await page.getByLabel('Leave out the rows that cannot be imported').check();
      await until('the button', () => bringIn.isEnabled());
      await bringIn.click();
      await page.getByText(/Brought in: 5 experiments/).waitFor();
      const experiments = await experimentsOf('With a past');
      expect(experiments.map(({ origin }) => origin)).toEqual(Array.from({ length: 5 }, () => 'history'));
      expect(experiments.filter(({ state }) => state === 'failed_sample')).toHaveLength(1);

      await page.getByRole('link', { name: 'Next: Rehearsal' }).click();
      await page.getByLabel('Experiments', { exact: true }).fill('4');
      await page.getByLabel('Campaigns played').fill('3');
      await page.getByRole('button', { name: 'Rehearse', exact: true }).click();
      await page.getByRole('img', { name: /^Rehearsal by/ }).waitFor();
      const { analyses } = await campaignNamed('With a past');
      const rehearsed = analyses.nodes.find(({ kind }) => kind === 'rehearsal')?.result?.strategies ?? [];
      expect(rehearsed.map(({ strategy }) => strategy)).toEqual(['auto', 'random']);
      for (const { strategy, likelyAfter } of rehearsed) {
        const line = page.locator(`[data-testid=rehearsed][data-strategy=${strategy}]`);
        expect(await line.getAttribute('data-value')).toBe(String(likelyAfter ?? ''));
      }
      await page.getByRole('button', { name: 'Take this strategy' }).click();
      await until('the strategy', async () => (await campaignNamed('With a past')).strategy === 'random');
      await page.getByRole('button', { name: 'Start the campaign' }).click();
      await page.waitForURL('**/campaigns/*');
      await until('it to run', async () => (await campaignNamed('With a past')).state === 'active');
    }, 300_000);

    it.each(['', '/space', '/constraints', '/goals', '/plan', '/check', '/history', '/rehearsal'])(
      'new%s is accessible in light and dark, and fits a phone',
      async (path) => {
        const { id } = await campaignNamed('With a past');
        const onCampaign = path === '/history' || path === '/rehearsal';
        await page.goto(`${running.url}/new${path}${onCampaign ? `?campaign=${id}` : ''}`);
        await page.getByRole('navigation', { name: 'Steps' }).waitFor();
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          expect([colorScheme, await axe(page)]).toEqual([colorScheme, []]);
        }
        await page.setViewportSize({ width: 390, height: 844 });
        await until(
          'the width',
          async () => (await page.evaluate<number>('document.documentElement.scrollWidth')) === 390,
        );
        await page.setViewportSize({ width: 1280, height: 900 });
      },
      240_000,
    );
  });

  it('a campaign is taken along as linked data and as a bundle', async () => {
    const { id } = await campaignNamed('With a past');
    await page.goto(`${running.url}/campaigns/${id}/record`);
    const saved = async (name: string): Promise<Buffer> => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ]);
      return readFileSync(await download.path());
    };
    const linked = JSON.parse((await saved('Linked data')).toString('utf8')) as Record<string, unknown>;
    expect(linked['@context']).toBeDefined();
    const bundle = gunzipSync(await saved('Bundle')).toString('utf8');
    expect(bundle).toContain('events.jsonl');
    expect(bundle.match(/"history\.imported"/g)?.length).toBe(1);
  }, 240_000);

  it('an address that leads nowhere says so, and leads home', async () => {
    for (const path of ['/nowhere', '/new/nowhere', '/campaigns/0198c1f0-5a3e-7c44-9d0f-6f1f0a2b3c4d']) {
      await page.goto(`${running.url}${path}`);
      await page.getByText('There is nothing at this address').waitFor();
    }
    await page.getByRole('link', { name: 'All campaigns' }).click();
    await page.getByRole('heading', { name: 'Campaigns', exact: true }).waitFor();
  }, 240_000);

  it('a session that is over is told, and signing in leads back', async () => {
    const { id } = await campaignNamed('With a past');
    const other = await openPage(browser);
    await other.goto(running.url);
    const lost = { secret: 'ion_no-such-token', role: 'admin', expiresAt: '2999-01-01T00:00:00Z' };
    await other.evaluate(`localStorage.setItem('ionloop.session', ${JSON.stringify(JSON.stringify(lost))})`);
    await other.goto(`${running.url}/campaigns/${id}/model`);
    await other.getByText('Your session is over').waitFor();
    await other.close();
  }, 240_000);

  it('a server that is gone is told quietly, and what it says afterwards is shown', async () => {
    const { id } = await campaignNamed('With a past');
    await page.goto(`${running.url}/campaigns/${id}`);
    await page.getByRole('heading', { name: 'With a past' }).waitFor();
    await running.stop();
    await page.getByText('The server does not answer.').waitFor();
    await page.getByRole('heading', { name: 'With a past' }).waitFor();
    const { token } = running;
    running = await RunningIonloop.start({ home: home.path, keepLink: true, env });
    running.useSession(token);
    await page.getByText('The server does not answer.').waitFor({ state: 'detached' });
    await running.query(
      'mutation ($input: UpdateCampaignInput!) { updateCampaign(input: $input) { userErrors { message } } }',
      { input: { id, name: 'With a future', reason: 'the server is back' } },
    );
    await page.getByRole('heading', { name: 'With a future' }).waitFor();
  }, 300_000);

  it('has no fault in the page', () => {
    expect(complaints).toEqual([]);
  });
});

/** Two of its rows are wrong: one does not add up, one has no number. */
const past = [
  'Li3PO4,Li3BO3,Li2SO4,conductivity [mS/cm],remark',
  '0.25,0.14,0.61,0.49,the best',
  '0.3,0.3,0.4,0.12,',
  '0.5,0.25,0.25,0.02,',
  '0.6,0.6,0.4,0.3,does not add up',
  '0.2,0.2,0.6,0.4x,typo',
  '0.1,0.2,0.7,failed,cracked',
  '0.15,0.1,0.75,0.08,',
  '',
].join('\n');
