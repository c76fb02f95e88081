import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { fuzz } from './fuzz.js';
import { install, type Installation } from './installation.js';

const wanted = Number(process.env['IONLOOP_FUZZ_OPERATIONS'] ?? 0);
const operations = wanted > 0 ? wanted : 400;
const seed = process.env['IONLOOP_FUZZ_SEED'] ?? '1';
const to = process.env['IONLOOP_FUZZ_OUTCOME'];

let installation: Installation;
beforeAll(async () => (installation = await install()), 180_000);
afterAll(() => installation.close(), 60_000);

it(
  `${operations} requests, drawn from schema and routes with seed ${seed}: nothing fails inside, nothing leaks, and the server stays`,
  async () => {
    const log = to === undefined ? () => undefined : (line: string) => process.stderr.write(`${line}\n`);
    const outcome = await fuzz(installation, { operations, seed, log });
    if (to !== undefined) writeFileSync(to, `${JSON.stringify(outcome, null, 2)}\n`);
    if (outcome.faults.length > 0) throw new Error(outcome.faults.slice(0, 20).join('\n'));
    expect(outcome.operations).toBe(operations);
    expect(installation.api.alive).toBe(true);
    expect(installation.worker.alive).toBe(true);
    expect((await fetch(`${installation.url}/health/ready`)).status).toBe(200);
    // What is sent is not all refused at the door.
    expect(outcome.answered).toBeGreaterThan(operations / 10);
    expect(Object.keys(outcome.statuses)).toEqual(expect.arrayContaining(['200', '400', '401', '404']));
    const { residentMb } = outcome;
    const half = residentMb[Math.floor(residentMb.length / 2)] ?? Number.NaN;
    expect(residentMb.at(-1)).toBeLessThan(half * 1.5 + 150);
  },
  wanted > 0 ? operations * 200 + 600_000 : 180_000,
);
