// Pictures of the running product for the documentation: npm run screens. Needs chromium.
// npm run screens -- 30 space model   waits for so many results and takes pictures of these views alone.
// WebP by Chromium itself: a third of a PNG, and nothing else to install.
import { Buffer } from 'node:buffer';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { screenStates } from './screen-states.mjs';
import { ensureReady } from './setup.mjs';
import { startIonloop } from './started.mjs';
import { root } from './steps.mjs';
import { measureSeries } from './temperature-series.mjs';

await ensureReady();
const { chromium } = await import('playwright-core');

const home = mkdtempSync(join(tmpdir(), 'ionloop-screens-'));
const { ionloop, link } = await startIonloop(home, { IONLOOP_DEMO_SPEED: '25' });

const folder = join(root, 'docs/screens');
/** In pixels, by the width of the page. */
const tallest = { 1280: 1500, 390: 1600 };
const quality = 52;
/** Wide pages are kept a little smaller than they are. */
const scales = { 1280: 0.8, 390: 1 };
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(link);
  await page
    .getByRole('link', { name: /Li3PO4|Li₃PO₄/ })
    .first()
    .click();
  const campaign = page.url();
  const results = Number(process.argv[2] ?? 18);
  const accepted = page.getByTestId('accepted-count');
  for (let waited = 0; Number(await accepted.getAttribute('data-value')) < results; waited += 1) {
    if (waited > 300) throw new Error(`no ${results} results after ${waited} s`);
    await page.waitForTimeout(1000);
  }
  const origin = new URL(link).origin;
  const secret = await page.evaluate("JSON.parse(localStorage.getItem('ionloop.session')).secret");
  const series = `${origin}/campaigns/${await measureSeries(asking(origin), secret, 14)}`;
  const two = `${origin}/campaigns/${await searchForTwo(asking(origin), secret)}`;
  const views = {
    campaigns: `${origin}/`,
    campaign,
    space: `${campaign}/space`,
    model: `${campaign}/model`,
    acquisition: `${campaign}/space?show=score`,
    physics: `${campaign}/physics`,
    bench: `${campaign}/bench`,
    'what-if': `${campaign}/what-if?strategy=gp-ucb&beta=3`,
    goals: two,
    arrhenius: `${series}/physics`,
    slice: `${series}/space`,
    record: `${campaign}/record`,
    new: `${origin}/new`,
    lab: `${origin}/lab`,
  };
  await page.goto(views.bench);
  await page.getByRole('button', { name: 'Run the bench' }).click({ timeout: 60_000 });
  await page.getByTestId('bench-told').waitFor({ timeout: 180_000 });
  const plain = Object.entries(views).map(([name, url]) => [name, { url }]);
  const parts = {
    relations: { url: `${campaign}/model`, from: 'Correlations' },
    front: { url: `${two}/physics`, from: 'Pareto front' },
  };
  const states = await screenStates({ origin, campaign, ask: asking(origin), secret });
  const wanted = process.argv.slice(3);
  const taken = [...plain, ...Object.entries(parts), ...Object.entries(states)].filter(
    ([name]) => wanted.length === 0 || wanted.includes(name),
  );
  const signedIn = await context.storageState();
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1280, 390]) {
      const viewport = { width, height: width === 390 ? 844 : 900 };
      for (const [name, state] of taken) {
        // Each begins as if it were the first: what one does to its page is not seen by the next.
        const own = await browser.newContext({ viewport, colorScheme, storageState: signedIn });
        const shown = await own.newPage();
        const picture = await take(shown, state, width);
        writeFileSync(join(folder, `${name}-${colorScheme}-${width}.webp`), picture);
        if (name === 'campaign' && colorScheme === 'light' && width === 1280) {
          // The picture of the README: what one screen shows.
          writeFileSync(join(folder, 'overview.webp'), await pictureOf(shown, width, 960, { scale: 1 }));
        }
        await own.close();
        console.log(`${name}-${colorScheme}-${width}.webp  ${Math.round(picture.length / 1000)} kB`);
      }
    }
  }
} finally {
  await browser.close();
  ionloop.kill('SIGINT');
  await new Promise((ended) => ionloop.once('exit', ended));
  rmSync(home, { recursive: true, force: true });
}

async function take(page, { url, before, then, from = null, view = false, waits = false }, width) {
  page.setDefaultTimeout(90_000);
  await before?.(page);
  await page.goto(url);
  await page.waitForLoadState('load');
  await page.waitForTimeout(1500);
  // What a worker computes comes a little later.
  for (let waited = 0; !waits && waited < 60 && (await page.locator('.skeleton').count()) > 0; waited += 1)
    await page.waitForTimeout(1000);
  await then?.(page);
  await page.waitForTimeout(500);
  if (view) return pictureOf(page, width, width === 390 ? 844 : 900);
  // From the top, or from a part of the page. Long pages go on as they began: the picture ends with the last part that is whole.
  await page.evaluate('scrollTo(0, 0)');
  const [top, height] = await page.evaluate(
    ([first, most]) => {
      const { document } = globalThis;
      const parts = [...document.querySelectorAll('main .panel, main .figures, main .campaign-card')];
      const begin = parts.find((part) => part.querySelector('h2')?.textContent.startsWith(first ?? '\n'));
      const start = begin ? begin.getBoundingClientRect().top - 16 : 0;
      const full = document.documentElement.scrollHeight - start;
      if (full <= most) return [start, full];
      const ends = parts
        .map((part) => part.getBoundingClientRect().bottom - start)
        .filter((end) => end < most - 8);
      return [start, ends.length === 0 ? most : Math.max(most / 2, ...ends) + 8];
    },
    [from, tallest[width]],
  );
  return pictureOf(page, width, Math.ceil(height), { y: Math.floor(top) });
}

async function pictureOf(page, width, height, { y = 0, scale = scales[width] } = {}) {
  const devtools = await page.context().newCDPSession(page);
  // What is seen is taken as it is: a clip of it would lay the page out anew for the moment.
  const isSeen = y === 0 && height <= page.viewportSize().height;
  const { data } = await devtools.send('Page.captureScreenshot', {
    ...{ format: 'webp', quality },
    ...(!isSeen && { captureBeyondViewport: true, clip: { x: 0, y, width, height, scale } }),
  });
  await devtools.detach();
  return Buffer.from(data, 'base64');
}

/** Two goals, a limit and a cost, worked on by the simulated lab to its end. */
async function searchForTwo(ask, secret) {
  const { campaignTemplates } = await ask('{ campaignTemplates { key input } }', {}, secret);
  const { input } = campaignTemplates.find(({ key }) => key === 'ternary-electrolyte');
  const { objective, ...rest } = input;
  const density = { property: 'relative_density', unit: '%', transform: 'none' };
  const { createCampaign } = await ask(
    'mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id } userErrors { message } } }',
    {
      input: {
        ...rest,
        name: 'Dense and fast',
        description: 'A pellet that conducts well and is dense; borate costs more than the others.',
        objectives: [objective, { ...density, goal: 'maximise' }],
        limits: [{ ...density, low: 80 }],
        cost: {
          base: 20,
          budget: 800,
          per: [{ parameter: 'composition', component: 'Li3BO3', perUnit: 40 }],
        },
        ...{ budget: 18, initial: 8, parallel: 3, approval: 'automatic', start: true },
      },
    },
    secret,
  );
  if (!createCampaign.campaign) throw new Error(JSON.stringify(createCampaign.userErrors));
  const { id } = createCampaign.campaign;
  for (let waited = 0; waited < 240; waited += 1) {
    const { campaign } = await ask('query ($id: ID!) { campaign(id: $id) { state } }', { id }, secret);
    if (campaign.state === 'completed') return id;
    await new Promise((done) => setTimeout(done, 1000));
  }
  throw new Error('the search for two goals did not end');
}

/** One operation of the GraphQL API. */
function asking(origin) {
  return async (query, variables, secret) => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
}
