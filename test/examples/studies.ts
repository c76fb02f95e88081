import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from '@jest/globals';
import { dataFolder } from '../support/shared.js';

const command = resolve(__dirname, '../../examples/run.mjs');

/** What the study finds at a small size, and the picture that it draws. */
export function small(number: number): { readonly result: unknown; readonly picture: string } {
  const out = mkdtempSync(join(tmpdir(), 'ionloop-study-'));
  try {
    const run = spawnSync(process.execPath, [command, String(number), '--small', '--built', '--out', out], {
      encoding: 'utf8',
      env: { ...process.env, IONLOOP_DATA: dataFolder },
      timeout: 240_000,
    });
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
    const [, folder] = /^(\d\d-[\w-]+): /m.exec(run.stdout) ?? [];
    expect(folder).toBeDefined();
    const file = (name: string) => readFileSync(join(out, folder ?? '', name), 'utf8');
    return { result: JSON.parse(file('result.json')), picture: file('picture.svg') };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** A picture is whole: axes in words, nothing that could not be placed. */
export function expectPicture(picture: string, ...words: readonly string[]): void {
  expect(picture).toMatch(/^<svg [^>]*viewBox="0 0 \d+(\.\d+)? \d+(\.\d+)?"/);
  expect(picture.trimEnd()).toMatch(/<\/svg>$/);
  expect(picture).not.toMatch(/NaN|undefined|Infinity|null/);
  for (const word of words) expect(picture).toContain(word);
}
