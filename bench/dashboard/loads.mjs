/** The dashboard as a new visitor has it: what the first load brings over the wire, and when the page can be used. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { startIonloop } from '../../scripts/started.mjs';

const bounds = { kilobytes: 300, milliseconds: 2000 };

/** Notes when what matters is there, and what kept the page from answering. */
const watch = (selector) => {
  globalThis.seen = { at: null, long: [] };
  new globalThis.PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) globalThis.seen.long.push([startTime, duration]);
  }).observe({ type: 'longtask', buffered: true });
  const look = () => {
    if (globalThis.seen.at === null && globalThis.document.querySelector(selector))
      globalThis.seen.at = performance.now();
    if (globalThis.seen.at === null) globalThis.requestAnimationFrame(look);
  };
  globalThis.requestAnimationFrame(look);
};

/** Quiet for so long after the last long task, the page is taken to be at rest. */
const quietMs = 500;

function interactiveAt({ at, long }) {
  let end = at;
  for (const [start, duration] of long.toSorted((a, b) => a[0] - b[0])) {
    if (start > end + quietMs) break;
    end = Math.max(end, start + duration);
  }
  return end;
}

async function visit(browser, origin, state, path, selector) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, storageState: state });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const kinds = new Map();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (['Document', 'Script', 'Stylesheet', 'Image', 'Font'].includes(kinds.get(requestId))) {
      bytes += encodedDataLength;
    }
  });
  await page.addInitScript(watch, selector);
  await page.goto(origin + path);
  await page.locator(selector).first().waitFor({ timeout: 90_000 });
  await page.waitForTimeout(2500);
  const seen = await page.evaluate('seen');
  await context.close();
  return {
    kilobytes: bytes / 1000,
    milliseconds: interactiveAt(seen),
    longest: Math.max(0, ...seen.long.map(([, d]) => d)),
  };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[(numbers.length - 1) >> 1];

export async function measureLoads(loads) {
  const home = mkdtempSync(join(tmpdir(), 'ionloop-bench-dashboard-'));
  const { ionloop, link } = await startIonloop(home, {
    IONLOOP_DEMO_SPEED: '200',
    IONLOOP_DEMO_EXPERIMENTS: '12',
  });
  const origin = new URL(link).origin;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });

  const broken = [];
  const table = [];
  try {
    const first = await browser.newContext();
    const page = await first.newPage();
    page.setDefaultTimeout(90_000);
    await page.goto(link);
    await page.locator('.campaign-card a').first().waitFor();
    const campaign = await page.locator('.campaign-card a').first().getAttribute('href');
    const state = await first.storageState();
    const accepted = async () => Number(await page.getByTestId('accepted-count').getAttribute('data-value'));
    await page.goto(origin + campaign);
    for (let waited = 0; waited < 120 && (await accepted()) < 8; waited += 1) await page.waitForTimeout(1000);
    await first.close();
    table.push(`${loads} loads of each page with nothing kept, medians:`, '');
    table.push('| page | kB over the wire | usable after ms | longest task, ms |');
    table.push('| --- | --: | --: | --: |');
    for (const [name, path, selector] of [
      ['Campaigns', '/', '.campaign-card'],
      ['a campaign', campaign, '.plot-canvas svg'],
      ['New campaign', '/new', '.template'],
    ]) {
      const visits = [];
      for (let i = 0; i < loads; i += 1) visits.push(await visit(browser, origin, state, path, selector));
      const of = (key) => median(visits.map((one) => one[key]));
      table.push(
        `| ${name} | ${of('kilobytes').toFixed(0)} | ${of('milliseconds').toFixed(0)} | ${of('longest').toFixed(0)} |`,
      );
      for (const [key, bound] of Object.entries(bounds)) {
        if (of(key) <= bound) continue;
        broken.push(`${name}: ${of(key).toFixed(0)} ${key}, wanted ≤ ${bound}`);
      }
    }
  } finally {
    await browser.close();
    ionloop.kill('SIGINT');
    await new Promise((ended) => ionloop.once('exit', ended));
    rmSync(home, { recursive: true, force: true });
  }
  return { table, broken };
}
