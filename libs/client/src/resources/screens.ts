import { sleep } from '../backoff.js';
import type { Connection } from '../connection.js';
import type { Screen, ScreenInFull } from '../entities.js';
import * as g from '../generated/graphql.js';
import { found, type ListOptions, made, type Operator } from '../operator.js';
import type { CallOptions } from '../transport.js';

export interface WaitOptions extends CallOptions {
  /** How often it is looked at. */
  readonly everyMs?: number;
  /** How many of the best are wanted. */
  readonly best?: number;
  readonly onProgress?: (screen: ScreenInFull) => void;
}

/** Every candidate of a large space scored, the best kept. */
export class Screens {
  constructor(private readonly operator: Operator) {}

  async start(input: g.StartScreenInput, call?: CallOptions): Promise<Screen> {
    return made((await this.operator.run(g.StartScreenDocument, { input }, call)).startScreen.screen);
  }

  async get(id: string, best = 100, call?: CallOptions): Promise<ScreenInFull | null> {
    return (await this.operator.run(g.ScreenDocument, { id, best }, call)).screen;
  }

  /** Of a campaign, the newest first. */
  list(campaignId: string, list?: ListOptions): Connection<Screen> {
    return this.operator.list(g.ScreensDocument, { id: campaignId }, (data) => data.campaign?.screens, list);
  }

  /** When it is completed, failed or cancelled. */
  async wait(
    id: string,
    { everyMs = 1000, best = 100, onProgress, ...call }: WaitOptions = {},
  ): Promise<ScreenInFull> {
    for (;;) {
      const screen = found(await this.get(id, best, call));
      onProgress?.(screen);
      if (screen.status !== 'preparing' && screen.status !== 'running') return screen;
      await sleep(everyMs, call.signal);
    }
  }

  async cancel(id: string, call?: CallOptions): Promise<Screen> {
    const data = await this.operator.run(g.CancelScreenDocument, { input: { id } }, call);
    return made(data.cancelScreen.screen);
  }
}
