import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { chromiumPath, openChromium, openPage } from '../support/chromium.js';
import { RunningIonloop, until } from '../support/running.js';
import { describeWith } from '../support/shared.js';
import { measureSeries } from '../../scripts/temperature-series.mjs';
import { temporaryHome } from '../e2e/support.js';
import { axe } from './support/axe.js';
import { plannerViews } from './support/planner-views.js';

interface Head {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly lastSeq: number;
  readonly latestModel: { readonly id: string } | null;
}

interface Measured {
  readonly experiments: {
    readonly edges: readonly {
      readonly node: {
        readonly measurements: readonly {
          readonly raw: { readonly arrhenius: { readonly activationEnergyEv: number } };
        }[];
      };
    }[];
  };
}

const headOf = `query ($id: ID!) { campaign(id: $id) { id name state lastSeq latestModel { id } } }`;
const posteriorOf = `query ($id: ID!) { campaign(id: $id) { posterior(resolution: 50) { mean } } }`;
const eventsOf = `query ($id: ID!) { campaign(id: $id) { events(first: 1000) { seq type } } }`;
const rawOf = `query ($id: ID!) { campaign(id: $id) { experiments(first: 20) { edges { node { measurements { raw } } } } } }`;
const modelOf = `query ($id: ID!) { campaign(id: $id) { latestModel { diagnostics } } }`;

describeWith(
  'chromium',
  chromiumPath !== undefined,
  'install the package chromium',
)('the views of a campaign', () => {
  const home = temporaryHome();
  const complaints: string[] = [];
  let running: RunningIonloop;
  let browser: Browser;
  let page: Page;
  let campaign: Head;

  beforeAll(async () => {
    running = await RunningIonloop.start({
      home: home.path,
      keepLink: true,
      env: { IONLOOP_DEMO_SPEED: '200', IONLOOP_DEMO_EXPERIMENTS: '12' },
    });
    browser = await openChromium();
    page = await openPage(browser);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(running.link);
    await page.getByRole('link', { name: /Li.PO/ }).first().click();
    await page.getByRole('navigation', { name: /views of the campaign/i }).waitFor();
    running.useSession(
      await page.evaluate<string>("JSON.parse(localStorage.getItem('ionloop.session')).secret"),
    );
    const id = new URL(page.url()).pathname.split('/')[2] ?? '';
    campaign = await until('the demo to be over', async () => {
      const { campaign: head } = await running.query<{ campaign: Head }>(headOf, { id });
      return head.state === 'completed' && head.latestModel !== null && head;
    });
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await running.stop();
    home.remove();
  }, 240_000);

  const open = async (path: string): Promise<void> => {
    await page.goto(`${running.url}/campaigns/${campaign.id}${path}`);
    await page.getByRole('navigation', { name: /views of the campaign/i }).waitFor();
  };
  const plot = (name: RegExp) => page.getByRole('img', { name });

  it('are gone through by their names, and back by the browser', async () => {
    await open('');
    const views = page.getByRole('navigation', { name: /views of the campaign/i });
    for (const name of ['Space', 'Model', 'Bench', 'What-if', 'Physics', 'Record']) {
      await views.getByRole('link', { name }).click();
      await page.waitForURL(`**/campaigns/${campaign.id}/${name.toLowerCase()}`);
      await views.locator('a[aria-current=page]', { hasText: name }).waitFor();
    }
    await until('the title', async () => (await page.title()).includes('Record'));
    expect(await views.locator('a[aria-current=page]').count()).toBe(1);
    await page.goBack();
    await page.waitForURL(`**/campaigns/${campaign.id}/physics`);
  }, 240_000);

  it('Space: the arrow keys read the map, with the numbers that the API has', async () => {
    await open('/space');
    await plot(/ternary map/i).waitFor();
    const map = page.getByRole('application', { name: /values of/i });
    await map.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
    await page.getByText('This place').waitFor();
    await page.getByText('Kept').waitFor();
    const read = Number(await page.getByTestId('readout-mean').getAttribute('data-value'));
    const { campaign: found } = await running.query<{ campaign: { posterior: { mean: number[] } } }>(
      posteriorOf,
      { id: campaign.id },
    );
    const nearest = Math.min(...found.posterior.mean.map((mean) => Math.abs(10 ** mean / read - 1)));
    expect(nearest).toBeLessThan(1e-12);
    await page.keyboard.press('Escape');
    await page.getByText('Kept').waitFor({ state: 'detached' });
  }, 240_000);

  it('Space: what the colour shows is in the address, and the map is saved as SVG, PNG and CSV', async () => {
    await open('/space');
    await page.getByRole('button', { name: 'Uncertainty' }).click();
    await page.waitForURL('**/space?show=sd');
    await page.reload();
    await plot(/standard deviation/i).waitFor();
    for (const [kind, start] of [
      ['SVG', '<svg'],
      ['PNG', '\u0089PNG'],
      ['CSV', 'Li3PO4,Li3BO3,Li2SO4'],
    ] as const) {
      const [saved] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: new RegExp(`^${kind} of .* map`) }).click(),
      ]);
      expect(saved.suggestedFilename()).toMatch(new RegExp(`map\\.${kind.toLowerCase()}$`));
      const content = readFileSync(await saved.path());
      expect(content.toString('latin1').startsWith(start)).toBe(true);
      expect(content.length).toBeGreaterThan(5000);
    }
  }, 240_000);

  it('Model: the error that is shown is the one that the model keeps', async () => {
    await open('/model');
    await plot(/calibration/i).waitFor();
    const { campaign: found } = await running.query<{
      campaign: {
        latestModel: { diagnostics: { leftOut: { actual: number[] }; metrics: { rmse: number } } };
      };
    }>(modelOf, { id: campaign.id });
    const { leftOut, metrics } = found.latestModel.diagnostics;
    await plot(new RegExp(`Left-out predictions .* of ${leftOut.actual.length} `)).waitFor();
    const shown = await page.locator('.figures dd.big').first().innerText();
    expect(Number(shown)).toBeCloseTo(metrics.rmse, 2);
    await page.getByRole('heading', { name: 'Should you trust it?' }).waitFor();
  }, 240_000);

  it('Physics: the spectrum of an experiment has an address of its own', async () => {
    await open('/physics?experiment=3');
    await plot(/nyquist plot/i).waitFor();
    const chosen = page.getByRole('combobox', { name: 'Experiment' });
    expect(await chosen.inputValue()).toBe('3');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.waitForURL((url) => Number(url.searchParams.get('experiment')) > 3);
    await plot(/nyquist plot/i).waitFor();
  }, 240_000);

  it('Record: a filter leaves as many events as the API has of the kind', async () => {
    await open('/record?about=plans');
    const { campaign: found } = await running.query<{ campaign: { events: { type: string }[] } }>(eventsOf, {
      id: campaign.id,
    });
    const plans = found.events.filter(({ type }) => type === 'plan.committed').length;
    await page.getByText(`${plans} of ${plans} events like that`).waitFor();
    expect(await page.locator('ol.record > li').count()).toBe(plans);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByText(` of ${found.events.length} events`).waitFor();
    await page.getByLabel('Experiment no.').fill('2');
    await page.waitForURL('**/record?experiment=2');
    await page.getByText(/A station claimed an experiment/).waitFor();
    const rows = await page.locator('ol.record > li').allInnerTexts();
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows.filter((text) => text.includes('experiment '))) {
      expect(row).toMatch(/experiments? (\d+, )*2\b/);
    }
  }, 240_000);

  it('Record: the whole campaign is verified, event by event and plan by plan', async () => {
    await open('/record');
    await page.getByRole('button', { name: 'Verify this campaign' }).click();
    const { campaign: now } = await running.query<{ campaign: Head }>(headOf, { id: campaign.id });
    await page.getByText(`All ${now.lastSeq} events stand as they were written`).waitFor();
  }, 240_000);

  it('Record: the campaign is taken along as a table with a line for each result', async () => {
    await open('/record');
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Table', exact: true }).click(),
    ]);
    const lines = readFileSync(await saved.path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines.length).toBeGreaterThan(12);
  }, 240_000);

  it('Lab: the work of every station is drawn over time', async () => {
    await page.goto(`${running.url}/lab`);
    await plot(/work of 2 stations/i).waitFor();
    // Whoever looks after the instance sees the workers' jobs too.
    const jobs = page.getByRole('region', { name: 'Jobs in the background' });
    await jobs.getByRole('row', { name: /Looks at campaigns/ }).waitFor();
    expect(await axe(page)).toEqual([]);
  }, 240_000);

  plannerViews({
    page: () => page,
    running: () => running,
    campaignId: () => campaign.id,
    open,
  });

  it.each(['', '/space', '/model', '/physics', '/bench', '/what-if?beta=1', '/record'])(
    'campaign%s is accessible: no violation of WCAG 2.2 AA, in light and dark',
    async (path) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await open(path);
        await page.waitForTimeout(1000);
        expect(await axe(page)).toEqual([]);
      }
    },
    240_000,
  );

  it('Physics: a temperature series has its line, with the activation energy that the API has', async () => {
    const ask = async (text: string, variables: object, secret: string): Promise<unknown> => {
      const response = await fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
        body: JSON.stringify({ query: text, variables }),
        signal: AbortSignal.timeout(20_000),
      });
      const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    };
    const id = await measureSeries(ask, running.token, 10);
    await page.goto(`${running.url}/campaigns/${id}/physics`);
    await plot(/arrhenius plot of 10 temperature series/i).waitFor();
    const { campaign: found } = await running.query<{ campaign: Measured }>(rawOf, { id });
    const energies = found.experiments.edges.flatMap(({ node }) =>
      node.measurements.map(({ raw }) => raw.arrhenius.activationEnergyEv),
    );
    const shown = (await page.locator('table tbody tr td:nth-child(3)').allInnerTexts()).map((text) =>
      Number(/[\d.]+/.exec(text.replace(/^\D*\n/, ''))?.[0]),
    );
    expect(shown).toHaveLength(10);
    for (const energy of energies) {
      expect(Math.min(...shown.map((value) => Math.abs(value - energy)))).toBeLessThan(5e-4);
    }
    await plot(/points? measured more than once/i).waitFor();
    await page.goto(`${running.url}/campaigns/${id}/space?along=Ta|sintering time`);
    await plot(/map over ta and sintering time/i).waitFor();
    await page.getByLabel('And', { exact: true }).selectOption({ label: 'sintering temperature' });
    await page.waitForURL((url) => url.searchParams.get('along') === 'Ta|sintering temperature');
    await plot(/map over ta and sintering temperature/i).waitFor();
  }, 240_000);

  it('fit a phone: nothing reaches beyond its side', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of ['', '/space', '/model', '/physics', '/bench', '/what-if?beta=1', '/record']) {
      await open(path);
      await page.waitForTimeout(800);
      expect([path, await page.evaluate<number>('document.documentElement.scrollWidth')]).toEqual([
        path,
        390,
      ]);
    }
  }, 240_000);

  it('have no fault in the console', () => {
    expect(complaints).toEqual([]);
  });
});
