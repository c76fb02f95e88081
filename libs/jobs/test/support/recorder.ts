import type { JobHandlers } from '../../src/index.js';
import { setTimeout as pause } from 'node:timers/promises';

/** Handlers that write down what they were asked, and hold a reconcile as long as they are told to. */
export class Recorder {
  /** Lets the slow question be answered. */
  release: () => void = () => undefined;
  private readonly held = new Promise<void>((resolve) => (this.release = resolve));
  readonly reconciled: string[] = [];
  readonly screened: string[] = [];
  readonly analysed: string[] = [];
  readonly imported: string[] = [];
  readonly errors: Error[] = [];
  sweeps = 0;
  #gate: Promise<void> = Promise.resolve();

  /** Reconciles begin, but do not end before the function returned is called. */
  hold(): () => void {
    let open: () => void = () => undefined;
    this.#gate = new Promise((resolve) => (open = resolve));
    return open;
  }

  readonly handlers: JobHandlers = {
    reconcile: async ({ campaignId }) => {
      this.reconciled.push(campaignId);
      await this.#gate;
    },
    sweep: () => {
      this.sweeps += 1;
      return Promise.resolve();
    },
    posterior: async ({ campaignId, resolution }) => {
      if (campaignId === 'unknown') throw new Error('there is no campaign unknown');
      if (campaignId === 'slow') await this.held;
      return { campaignId, values: Array.from({ length: resolution }, (_, i) => i / 4) };
    },
    screen: ({ screenId, chunk }) => {
      this.screened.push(chunk === undefined ? screenId : `${screenId}/${chunk}`);
      return Promise.resolve();
    },
    analysis: ({ analysisId }) => {
      this.analysed.push(analysisId);
      return Promise.resolve();
    },
    import: ({ importId }) => {
      this.imported.push(importId);
      return Promise.resolve();
    },
    verify: ({ campaignId }) => Promise.resolve({ same: campaignId === 'honest' }),
  };
}

export async function until(condition: () => boolean, withinMs = 100_000): Promise<void> {
  const giveUp = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > giveUp) throw new Error(`still not so after ${withinMs} ms`);
    await pause(20);
  }
}
