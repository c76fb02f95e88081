import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Spec } from '@ionloop/lab-client';

export const main = resolve(__dirname, '../dist/main.js');
export const tokens = { 'token of sim-1': 'sim-1', 'token of sim-2': 'sim-2' } as const;

export function specOf(experiment: number): Spec {
  const p = 0.2 + 0.01 * (experiment % 10);
  return {
    campaignId: 'c0ffee',
    experiment,
    point: { composition: { Li3PO4: p, Li3BO3: 0.15, Li2SO4: 0.85 - p } },
    label: '',
    property: 'ionic_conductivity',
    unit: 'S/cm',
    temperatureC: 300,
  };
}

export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'ionloop-lab-sim-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export const linesOf = (path: string): string[] =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];

export async function until(what: string, holds: () => boolean, withinMs = 100_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((wait) => setTimeout(wait, 5));
  }
}

export interface Program {
  readonly process: ChildProcess;
  readonly said: () => string;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

export function startProgram(args: readonly string[], labTokens: string): Program {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env['PATH'] ?? '', IONLOOP_LAB_TOKENS: labTokens },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  const ended = new Promise<number | string>((done) => {
    child.once('exit', (code, signal) => done(code ?? signal ?? ''));
  });
  return { process: child, said: () => said, ended };
}
