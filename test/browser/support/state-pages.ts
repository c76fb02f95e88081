import { expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openPage } from '../../support/chromium.js';
import { type RunningIonloop, until } from '../../support/running.js';
import { inBothThemes } from './axe.js';

interface Visit {
  readonly browser: () => Browser;
  readonly running: () => RunningIonloop;
  /** What localStorage keeps of who is signed in. */
  readonly session: () => string;
  readonly campaignId: () => string;
}

interface StatePage {
  readonly what: string;
  readonly path: (campaignId: string) => string;
  readonly before?: (page: Page) => Promise<unknown>;
  /** Waits for what is to be looked at. */
  readonly seen: (page: Page) => Promise<unknown>;
}

const graphql = '**/graphql';

const states: readonly StatePage[] = [
  {
    what: 'help',
    path: () => '/help',
    seen: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
  {
    what: 'the tour',
    path: (id) => `/campaigns/${id}?tour=2`,
    seen: (page) => page.getByRole('dialog').waitFor(),
  },
  {
    what: 'a page that loads',
    path: () => '/',
    // Nobody answers as long as it is looked at.
    before: (page) => page.route(graphql, () => undefined),
    seen: (page) => page.locator('.skeleton').first().waitFor(),
  },
  {
    what: 'a page whose server fails',
    path: (id) => `/campaigns/${id}/model`,
    before: (page) =>
      page.route(graphql, (route) =>
        route.fulfill({ status: 500, json: { errors: [{ message: 'The disk is full.' }] } }),
      ),
    seen: (page) => page.getByRole('button', { name: 'Try again' }).first().waitFor(),
  },
  {
    what: 'a page that is cut off',
    path: (id) => `/campaigns/${id}`,
    seen: async (page) => {
      await page.getByRole('navigation', { name: /views of the campaign/i }).waitFor();
      await page.context().setOffline(true);
      await page.getByText('You are offline.').waitFor();
    },
  },
  {
    what: 'a page of a server that asks for a pause',
    path: () => '/',
    before: (page) =>
      page.route(graphql, (route) =>
        route.fulfill({
          status: 429,
          headers: { 'retry-after': '30' },
          json: { errors: [{ message: 'later' }] },
        }),
      ),
    seen: (page) => page.getByText(/asks for a moment/).waitFor(),
  },
];

/** Pages that have nothing, wait or fail: as accessible as others, in light and dark, and no wider than a phone. */
export function statePages({ browser, running, session, campaignId }: Visit): void {
  const opened = async (who: string): Promise<Page> => {
    const page = await openPage(browser());
    await page.addInitScript(`localStorage.setItem('ionloop.session', ${JSON.stringify(who)});`);
    return page;
  };
  const looksWell = async (page: Page): Promise<void> => {
    expect(await inBothThemes(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await until(
      'the width',
      async () => (await page.evaluate<number>('document.documentElement.scrollWidth')) === 390,
    );
  };

  it.each(states)(
    '$what is accessible, and fits a phone',
    async ({ path, before, seen }) => {
      const page = await opened(session());
      await before?.(page);
      await page.goto(running().url + path(campaignId()));
      await seen(page);
      await looksWell(page);
      await page.context().setOffline(false);
      await page.close();
    },
    240_000,
  );

  it('a page without a campaign is accessible, and fits a phone', async () => {
    const made = await running().query<{
      createToken: { secret: string; token: { expiresAt: string } };
    }>(
      `mutation { createWorkspace(input: { id: "new", name: "New" }) { userErrors { message } }
        createToken(input: { name: "Newcomer", role: admin, workspace: "new" }) { secret token { expiresAt } } }`,
    );
    const { secret, token } = made.createToken;
    const page = await opened(JSON.stringify({ secret, role: 'admin', expiresAt: token.expiresAt }));
    await page.goto(running().url);
    await page.getByText('No campaign yet').waitFor();
    await looksWell(page);
    await page.close();
  }, 240_000);

  it('what the server refuses for a moment is asked for again, as long as it says and by itself', async () => {
    const page = await opened(session());
    let refused = 0;
    await page.route(graphql, (route) => {
      if (refused === 3) return route.continue();
      refused += 1;
      return route.fulfill({
        status: 429,
        headers: { 'retry-after': '2' },
        json: { errors: [{ message: 'later' }] },
      });
    });
    await page.goto(running().url);
    await page.getByText(/asks for a moment/).waitFor();
    await page.locator('.campaign-card').first().waitFor();
    await page.getByText(/asks for a moment/).waitFor({ state: 'detached' });
    expect(refused).toBe(3);
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.close();
  }, 240_000);
}
