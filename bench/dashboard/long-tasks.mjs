import { chromium } from 'playwright-core';
import { actions } from './actions.mjs';
import { openGround } from './ground.mjs';

/* global localStorage, PerformanceObserver */

const wanted = 50;

/** The long tasks (over 50 ms) of Chromium while somebody scrolls, filters and sorts what is very large. */
export async function measureTasks(smoke) {
  const say = (what) => console.error(`… ${what}`);
  const experiments = smoke ? 400 : 100_000;
  const ground = await openGround(experiments, smoke, say);
  const rows = [];
  try {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
      ],
    });
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      page.setDefaultTimeout(180_000);
      await page.addInitScript(watch, ground.secret);
      const of = (id) => `${ground.url}/campaigns/${id}`;
      const place = { campaign: of(ground.campaignId), candidates: of(ground.candidatesId), experiments };
      for (const { what, counted, act } of actions) {
        const taken = async () => page.evaluate('globalThis.longTasks.splice(0)');
        if (counted) await taken();
        await act(page, place);
        await page.waitForTimeout(500);
        const tasks = await taken();
        const longest = tasks.reduce((most, task) => Math.max(most, task), 0);
        rows.push({ what, counted, tasks: tasks.length, longest });
        say(`${what}: ${tasks.length} long tasks, the longest ${longest.toFixed(0)} ms`);
      }
    } finally {
      await browser.close();
    }
  } finally {
    await ground.close();
  }
  const table = [
    `A campaign of ${experiments.toLocaleString('en')} experiments, and one of ${smoke ? 512 : '1,000,000'} candidates:`,
    '',
    '| action | tasks over 50 ms | the longest, ms | wanted, ms |',
    '| --- | --: | --: | --: |',
    ...rows.map(
      ({ what, counted, tasks, longest }) =>
        `| ${what} | ${tasks} | ${tasks === 0 ? '< 50' : longest.toFixed(0)} | ${counted ? `< ${wanted}` : ''} |`,
    ),
  ];
  const broken = rows
    .filter(({ counted, longest }) => counted && longest > wanted)
    .map(({ what, longest }) => `${what}: ${longest.toFixed(0)} ms, wanted < ${wanted} ms`);
  return { table, broken };
}

/** In the page: signed in, and every long task noted. */
function watch(secret) {
  localStorage.setItem(
    'ionloop.session',
    JSON.stringify({ secret, role: 'admin', expiresAt: '2999-01-01T00:00:00.000Z' }),
  );
  globalThis.longTasks = [];
  new PerformanceObserver((list) => {
    globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: 'longtask', buffered: true });
}
