import type { Browser } from 'playwright-core';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { openPage } from '../../support/chromium.js';
import { type RunningIonloop, until } from '../../support/running.js';

/** Stands between a browser and the server, and cuts the subscriptions that go through it. */
export class Cutter {
  private readonly subscriptions = new Set<Socket>();
  private readonly all = new Set<Socket>();
  cuts = 0;

  private constructor(private readonly server: Server) {}

  static async start(port: number): Promise<Cutter> {
    const server = createServer();
    const cutter = new Cutter(server);
    server.on('connection', (browser) => cutter.pass(browser, port));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return cutter;
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  private pass(browser: Socket, port: number): void {
    const upstream = connect(port, '127.0.0.1');
    const end = (): void => {
      browser.destroy();
      upstream.destroy();
      this.subscriptions.delete(browser);
      this.all.delete(browser);
    };
    this.all.add(browser);
    for (const socket of [browser, upstream]) socket.on('error', end).on('close', end);
    browser.on('data', (chunk: Buffer) => {
      if (/^upgrade:\s*websocket/im.test(chunk.toString('latin1'))) this.subscriptions.add(browser);
      upstream.write(chunk);
    });
    upstream.on('data', (chunk: Buffer) => browser.write(chunk));
  }

  cut(): void {
    for (const socket of [...this.subscriptions]) {
      this.cuts += 1;
      socket.destroy();
    }
  }

  async close(): Promise<void> {
    for (const socket of [...this.all]) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}

export interface Followed {
  readonly cuts: number;
  /** Of the events on the page, the newest first. */
  readonly shown: readonly number[];
  /** Everything that the note beside them said, in order. */
  readonly notes: readonly string[];
}

interface FollowOptions {
  readonly browser: Browser;
  readonly running: RunningIonloop;
  readonly session: string;
  readonly campaignId: string;
  readonly seconds: number;
  /** Makes one more event. */
  readonly happen: (turn: number) => Promise<void>;
}

const betweenCutsMs = 2500;
const betweenEventsMs = 400;
/** On a machine with much else to do a connection may take its time. */
const fewestCuts = 2;
const longestMs = 120_000;

/** A page follows a campaign in which something happens all the time, while its subscription is cut again and again. */
export async function followedWhileCut(options: FollowOptions): Promise<Followed> {
  const { browser, running, session, campaignId, seconds, happen } = options;
  const cutter = await Cutter.start(Number(new URL(running.url).port));
  const page = await openPage(browser);
  try {
    const origin = `http://127.0.0.1:${cutter.port}`;
    await page.addInitScript(`localStorage.setItem('ionloop.session', ${JSON.stringify(session)});`);
    await page.goto(`${origin}/campaigns/${campaignId}`);
    const note = page.getByTestId('feed-state');
    const live = note.filter({ hasText: 'live' });
    await live.waitFor();
    await note.evaluate((element) => {
      const notes: string[] = [];
      Object.assign(globalThis, { notes });
      new MutationObserver(() => notes.push(element.textContent)).observe(element, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    const begin = performance.now();
    const isOver = (): boolean => {
      const passed = performance.now() - begin;
      return passed > longestMs || (passed > seconds * 1000 && cutter.cuts >= fewestCuts);
    };
    let nextCut = begin + betweenCutsMs;
    for (let turn = 0; !isOver(); turn += 1) {
      await happen(turn);
      if (performance.now() >= nextCut && (await live.count()) > 0) {
        cutter.cut();
        nextCut = performance.now() + betweenCutsMs;
      }
      await new Promise((done) => setTimeout(done, betweenEventsMs));
    }
    const { campaign } = await running.query<{ campaign: { lastSeq: number } }>(
      'query ($id: ID!) { campaign(id: $id) { lastSeq } }',
      { id: campaignId },
    );
    const events = page.locator('ol.events > li');
    await until('the last event', async () => {
      const newest = await events.first().getAttribute('data-seq');
      return Number(newest) === campaign.lastSeq;
    });
    await live.waitFor();
    const shown = await events.evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-seq'))));
    const notes = await page.evaluate<string[]>('globalThis.notes');
    return { cuts: cutter.cuts, shown, notes };
  } finally {
    await page.close();
    await cutter.close();
  }
}
