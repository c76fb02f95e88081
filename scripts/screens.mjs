// Pictures of the running product for the documentation: npm run screens. Needs chromium.
// npm run screens -- 30 space model   waits for so many results and takes pictures of these views alone.
// WebP by Chromium itself: a third of a PNG, and nothing else to install.
import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { screenStates } from './screen-states.mjs';
import { ensureReady } from './setup.mjs';
import { root } from './steps.mjs';
import { measureSeries } from './temperature-series.mjs';

await ensureReady();
const { chromium } = await import('playwright-core');

const home = mkdtempSync(join(tmpdir(), 'ionloop-screens-'));
const ionloop = spawn(process.execPath, [join(root, 'apps/cli/dist/main.js'), 'start'], {
  env: {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    IONLOOP_HOME: home,
    IONLOOP_PORT: '0',
    IONLOOP_DEMO_SPEED: '25',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const link = await new Promise((found, lost) => {
  let output = '';
  ionloop.stdout.on('data', (chunk) => {
    output += chunk;
    const match = /https?:\/\/\S+\/#token=\S+/.exec(output);
    if (match) found(match[0]);
  });
  ionloop.once('exit', () => lost(new Error(`ionloop did not start:\n${output}`)));
});

const folder = join(root, 'docs/screens');
/** In pixels, by the width of the page. */
const tallest = { 1280: 1640, 390: 1900 };
const quality = 62;
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
  const seriesId = await measureSeries(asking(origin), secret, 14);
  await weighPellets(asking(origin), secret, seriesId);
  const series = `${origin}/campaigns/${seriesId}`;
  const views = {
    campaigns: `${origin}/`,
    campaign,
    space: `${campaign}/space`,
    model: `${campaign}/model`,
    acquisition: `${campaign}/space?show=score`,
    physics: `${campaign}/physics`,
    bench: `${campaign}/bench`,
    'what-if': `${campaign}/what-if?strategy=gp-ucb&beta=3`,
    front: `${series}/physics?front=ionic_conductivity:maximise|density:maximise`,
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
  const states = await screenStates({ origin, campaign, ask: asking(origin), secret });
  const wanted = process.argv.slice(3);
  const taken = [...plain, ...Object.entries(states)].filter(
    ([name]) => wanted.length === 0 || wanted.includes(name),
  );
  const signedIn = await context.storageState();
  if (wanted.length === 0) {
    // The picture of the README: what one screen shows.
    await page.setViewportSize({ width: 1280, height: 960 });
    await page.goto(campaign);
    await page.locator('.plot-canvas svg').nth(1).waitFor();
    await page.waitForTimeout(1500);
    writeFileSync(join(folder, 'overview.webp'), await pictureOf(page, 1280, 960));
  }
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1280, 390]) {
      const viewport = { width, height: width === 390 ? 844 : 900 };
      for (const [name, state] of taken) {
        // Each begins as if it were the first: what one does to its page is not seen by the next.
        const own = await browser.newContext({ viewport, colorScheme, storageState: signedIn });
        const picture = await take(await own.newPage(), state, width);
        writeFileSync(join(folder, `${name}-${colorScheme}-${width}.webp`), picture);
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

async function take(page, { url, before, then, view = false, waits = false }, width) {
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
  // Long pages go on as they began: the picture ends with the last part that is whole.
  const height = await page.evaluate((most) => {
    const { document, scrollY } = globalThis;
    const full = document.documentElement.scrollHeight;
    if (full <= most) return full;
    const ends = [...document.querySelectorAll('main .panel, main .figures, main .campaign-card')]
      .map((part) => part.getBoundingClientRect().bottom + scrollY)
      .filter((end) => end < most - 24);
    return ends.length === 0 ? most : Math.max(most / 2, ...ends) + 24;
  }, tallest[width]);
  return pictureOf(page, width, Math.ceil(height));
}

async function pictureOf(page, width, height) {
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', {
    ...{ format: 'webp', quality, captureBeyondViewport: true },
    clip: { x: 0, y: 0, width, height, scale: 1 },
  });
  await devtools.detach();
  return Buffer.from(data, 'base64');
}

/** A second property of each sample, so that there is a front: what sinters longer is denser, and conducts less well. */
async function weighPellets(ask, secret, id) {
  const { campaign } = await ask(
    'query ($id: ID!) { campaign(id: $id) { experiments(first: 100, states: [accepted]) { nodes { id number point } } } }',
    { id },
    secret,
  );
  for (const { id: experimentId, number, point } of campaign.experiments.nodes) {
    const value = 4.3 + 0.0025 * (point['sintering temperature'] - 1050) + 0.02 * (number % 5);
    const measurement = { property: 'density', value, unit: 'g/cm³' };
    await ask(
      'mutation ($input: RecordMeasurementInput!) { recordMeasurement(input: $input) { userErrors { message } } }',
      { input: { experimentId, measurement, reason: 'weighed and measured by hand' } },
      secret,
    );
  }
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
