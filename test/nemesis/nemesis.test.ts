import { appendFileSync, chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { redisAvailable } from '../support/redis.js';
import { describeWith } from '../support/shared.js';
import { nemesis } from './nemesis.js';
import { kinds } from './plan.js';
import { quantile, reportOf } from './report.js';

const minutes = Number(process.env['IONLOOP_NEMESIS_MINUTES'] ?? 0);
const seed = process.env['IONLOOP_NEMESIS_SEED'] ?? 'nemesis';
const long = minutes > 0;
const seconds = long ? minutes * 60 : 30;

describeWith(
  'redis-server',
  redisAvailable(),
  'install the package redis-server',
)(`nemesis, ${seconds} s with seed "${seed}"`, () => {
  it(
    'whatever is killed, stopped or cut off, the campaigns complete and I1 to I9 hold',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'ionloop-nemesis-'));
      chmodSync(folder, 0o755);
      const log = (line: string): void => appendFileSync(join(folder, 'nemesis.log'), `${line}\n`);
      const outcome = await nemesis({
        folder,
        seconds,
        seed,
        budget: long ? 120 : 40,
        everySeconds: long ? [1, 5] : [0.8, 2.2],
        log,
      });
      const to = process.env['IONLOOP_NEMESIS_REPORT'];
      if (to !== undefined) writeFileSync(to, reportOf(outcome));
      writeFileSync(join(folder, 'outcome.json'), `${JSON.stringify(outcome, null, 2)}\n`);
      if (outcome.violations.length > 0)
        throw new Error(`${outcome.violations.join('\n')}\nseed ${seed}; the logs are in ${folder}`);
      expect(outcome.faults.length).toBeGreaterThan(long ? minutes * 10 : 12);
      expect(outcome.acknowledged).toBeGreaterThan(20);
      if (long) expect(new Set(outcome.faults.map(({ kind }) => kind)).size).toBe(kinds.length);
      const times = outcome.faults.map(({ recoverySeconds }) => recoverySeconds);
      expect(quantile(times, 0.95)).toBeLessThan(20);
      expect(quantile(times, 0.5)).toBeLessThan(5);
      rmSync(folder, { recursive: true, force: true });
    },
    (seconds + 420) * 1000,
  );
});
