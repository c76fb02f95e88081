import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  LabClient,
  runStation,
  type Assignment,
  type LabClientOptions,
  type StationOptions,
} from '../src/index.js';
import type { Result, Spec } from '../src/wire.js';
import { HostileLab } from '../src/testing/index.js';

export const token = 'secret of sim-1';
export const quick = { firstMs: 5, longestMs: 40, random: () => 0.5 };

export function specOf(experiment: number): Spec {
  return {
    campaignId: 'campaign',
    experiment,
    point: { composition: { Li3PO4: 0.25, Li3BO3: 0.14, Li2SO4: 0.61 } },
    label: 'Li3PO4 25 % · Li3BO3 14 % · Li2SO4 61 %',
    property: 'ionic_conductivity',
    unit: 'S/cm',
    temperatureC: 300,
  };
}

export const measured = (value = 1e-4): Omit<Result, 'artifacts'> => ({
  outcome: 'measured',
  measurements: [{ property: 'ionic_conductivity', value, unit: 'S/cm' }],
});

export const openLab = (heartbeatSeconds = 0.05): Promise<HostileLab> =>
  HostileLab.open({ heartbeatSeconds, tokens: { [token]: 'sim-1' } });

export const clientOf = (lab: HostileLab, more: Partial<LabClientOptions> = {}): LabClient =>
  new LabClient({ url: lab.url, token, station: 'sim-1', backoff: quick, ...more });

export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'ionloop-lab-client-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export async function until(what: string, holds: () => boolean, withinMs = 100_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export interface RunningStation {
  readonly lines: readonly string[];
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** A station in this process, with its log. */
export function startStation(
  lab: HostileLab,
  folder: string,
  run: StationOptions['run'],
  more: Partial<StationOptions> = {},
): RunningStation {
  const lines: string[] = [];
  const controller = new AbortController();
  const ended = runStation({
    client: more.client ?? clientOf(lab),
    properties: ['ionic_conductivity'],
    run,
    folder,
    waitSeconds: 0.2,
    signal: controller.signal,
    graceMs: 300,
    log: (line) => lines.push(line),
    ...more,
  });
  ended.catch(() => undefined);
  return {
    lines,
    ended,
    stop: () => {
      controller.abort();
      return ended;
    },
  };
}

/** Work that never ends by itself. */
export const endless = (_: Assignment, { signal }: { signal: AbortSignal }): Promise<Result> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
