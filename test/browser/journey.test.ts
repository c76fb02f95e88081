import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { chromiumPath, openChromium, openPage } from '../support/chromium.js';
import { RunningIonloop, until } from '../support/running.js';
import { describeWith } from '../support/shared.js';
import { temporaryHome } from '../e2e/support.js';
import { axe } from './support/axe.js';

interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly lastSeq: number;
  readonly best: { readonly value: number } | null;
  readonly accepted: { readonly totalCount: number };
  readonly proposed: { readonly totalCount: number };
}

const query = `{ campaigns { nodes { id name state lastSeq best { value }
  accepted: experiments(states: [accepted]) { totalCount }
  proposed: experiments(states: [proposed]) { totalCount } } } }`;

const spectraQuery = `query ($id: ID!) { campaign(id: $id) { experiments(first: 100) { edges { node {
  number measurements { artifacts { name sha256 spectrum { total } } } } } } } }`;

interface SpectraOf {
  readonly campaign: {
    readonly experiments: {
      readonly edges: readonly {
        readonly node: {
          readonly number: number;
          readonly measurements: readonly {
            readonly artifacts: readonly {
              readonly name: string;
              readonly sha256: string;
              readonly spectrum: { readonly total: number } | null;
            }[];
          }[];
        };
      }[];
    };
  };
}

describeWith(
  'chromium',
  chromiumPath !== undefined,
  'install the package chromium',
)('a planner at the dashboard', () => {
  const home = temporaryHome();
  let running: RunningIonloop;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    running = await RunningIonloop.start({
      home: home.path,
      keepLink: true,
      env: { IONLOOP_DEMO_SPEED: '200', IONLOOP_DEMO_EXPERIMENTS: '4' },
    });
    browser = await openChromium();
    page = await openPage(browser);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await running.stop();
    home.remove();
  }, 240_000);

  const mine = async (): Promise<Campaign> => {
    const { campaigns } = await running.query<{ campaigns: { nodes: Campaign[] } }>(query);
    const found = campaigns.nodes.find(({ name }) => name === 'My first search');
    if (!found) throw new Error('the campaign is not there yet');
    return found;
  };
  const shown = async (testId: string): Promise<number> =>
    Number(await page.getByTestId(testId).getAttribute('data-value'));

  describe('who opens the printed link', () => {
    it('sees the demo campaign, and the secret is gone from the address', async () => {
      await page.goto(running.link);
      await page.getByText('Li3PO4').first().waitFor();
      expect(page.url()).not.toContain('token');
      const stored = await page.evaluate('JSON.stringify(localStorage)');
      const secret = /ion_[\w-]+/.exec(String(stored))?.[0];
      expect(secret).toBeDefined();
      running.useSession(secret ?? '');
    }, 240_000);

    it('creates a campaign from a template and starts it', async () => {
      await page
        .getByRole('link', { name: /new campaign/i })
        .first()
        .click();
      await page
        .getByText(/ternary solid electrolyte/i)
        .first()
        .click();
      await page.getByLabel(/^name/i).fill('My first search');
      await page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: 'Check' }).click();
      await page.getByRole('button', { name: 'Create and start' }).click();
      await page.getByRole('heading', { name: 'My first search' }).waitFor();
      await until('proposals', async () => (await mine()).proposed.totalCount > 0);
    }, 240_000);

    it('approves what is proposed and watches the results come in, as the API has them', async () => {
      await page.getByRole('button', { name: /approve all/i }).click();
      await until('the first results', async () => (await mine()).accepted.totalCount >= 2);
      await until('the page to agree with the API', async () => {
        const campaign = await mine();
        return (
          (await shown('accepted-count')) === campaign.accepted.totalCount &&
          (await shown('best-value')) === campaign.best?.value &&
          (await shown('event-seq')) === campaign.lastSeq
        );
      });
      expect((await mine()).best?.value).toBeGreaterThan(0);
    }, 240_000);

    const openGrounds = async (): Promise<string> => {
      const grounds = page.locator('details.grounds').first();
      await grounds.locator('summary').click();
      await grounds.locator('li').first().waitFor();
      return grounds.locator('ul').innerText();
    };

    it('says why an experiment was chosen when asked', async () => {
      expect(await openGrounds()).toMatch(/no model had a say|The model predicts ionic conductivity/);
    }, 30_000);

    it('opens the spectrum of a result, as many points as the API has, and saves its file', async () => {
      await page.goto(`${running.url}/campaigns/${(await mine()).id}`);
      await page
        .getByRole('button', { name: /^spectrum of experiment/i })
        .first()
        .click();
      const dialog = page.getByRole('dialog');
      const number = Number(/\d+/.exec((await dialog.getByRole('heading').textContent()) ?? '')?.[0]);
      await dialog.getByRole('img', { name: /nyquist plot/i }).waitFor();
      const { campaign } = await running.query<SpectraOf>(spectraQuery, { id: (await mine()).id });
      const { node } = campaign.experiments.edges.find((edge) => edge.node.number === number) ?? {};
      const [artifact] = node?.measurements[0]?.artifacts ?? [];
      expect(artifact?.spectrum?.total).toBe(61);
      expect(await dialog.locator('svg circle').count()).toBe(artifact?.spectrum?.total);
      const [saved] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: /^download/i }).click(),
      ]);
      expect(saved.suggestedFilename()).toBe(artifact?.name);
      const content = readFileSync(await saved.path());
      expect(createHash('sha256').update(content).digest('hex')).toBe(artifact?.sha256);
      expect(await axe(page, 'dialog')).toEqual([]);
      await dialog.getByRole('button', { name: 'Close' }).click();
      await dialog.waitFor({ state: 'hidden' });
    }, 240_000);

    it('resumes a paused campaign where it is listed among what needs a person', async () => {
      const { id } = await mine();
      await running.query(
        `mutation { moveCampaign(input: { id: "${id}", to: paused }) { userErrors { code } } }`,
      );
      await page.goto(running.url);
      const list = page.getByRole('region', { name: /needs you/i });
      await list.getByText('It is paused: nothing is proposed or given out.').waitFor();
      await list.getByRole('button', { name: 'Resume My first search' }).click();
      await until('the campaign to go on', async () => (await mine()).state === 'active');
      await list.getByRole('button', { name: 'Resume My first search' }).waitFor({ state: 'detached' });
    }, 240_000);

    it.each(['/', '/new', '/lab', 'campaign'])(
      'finds %s accessible: no violation of WCAG 2.2 AA',
      async (path) => {
        await page.goto(
          path === 'campaign' ? `${running.url}/campaigns/${(await mine()).id}` : running.url + path,
        );
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForTimeout(1000);
        if (path === 'campaign') await openGrounds();
        expect(await axe(page)).toEqual([]);
      },
      240_000,
    );

    it('finds no fault in the console on the way', () => {
      expect(complaints).toEqual([]);
    });
  });
});
