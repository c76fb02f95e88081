import { describe, expect, it } from '@jest/globals';
import type { Assignment, Spec } from '@ionloop/lab-client';
import { readResult } from '../src/station/read-result.js';
import { runProgram } from '../src/station/run-program.js';
import { ionloop } from './support.js';

const spec: Spec = {
  campaignId: 'c',
  experiment: 1,
  point: { t: 900 },
  label: '900 °C',
  property: 'ionic_conductivity',
  unit: 'S/cm',
};
const value = { value: 1e-4, unit: 'S/cm' };
const full = { property: 'ionic_conductivity', ...value };

describe('what a program writes', () => {
  it.each([
    ['a measurement', value, { outcome: 'measured', measurements: [full] }],
    ['several', [value, value], { outcome: 'measured', measurements: [full, full] }],
    [
      'another property',
      [{ ...value, property: 'other' }],
      { outcome: 'measured', measurements: [{ ...full, property: 'other' }] },
    ],
    [
      'an outcome with its note',
      { outcome: 'failed_sample', note: 'it broke' },
      { outcome: 'failed_sample', note: 'it broke', measurements: [] },
    ],
    [
      'a whole result',
      { outcome: 'measured', measurements: [value] },
      { outcome: 'measured', measurements: [full] },
    ],
  ])('may be %s', (_what, told, result) => {
    expect(readResult(JSON.stringify(told), spec)).toEqual(result);
  });

  it.each([
    ['', 'wrote nothing'],
    ['sigma = 5', 'did not write JSON, but: sigma = 5'],
    ['[]', 'no measurement'],
    ['{"outcome":"measured"}', 'no measurement'],
    ['{"outcome":"fine"}', 'the outcome "fine"'],
    ['{"outcome":"infeasible","why":"x"}', '"why" beside its outcome'],
    ['[5]', 'is not an object'],
    ['{"sigma":5}', 'neither value nor impedance'],
  ])('is refused where it is %s', (text, words) => {
    expect(() => readResult(text, spec)).toThrow(words);
  });
});

describe('a program as an instrument', () => {
  const assignment = { attemptId: 'a', spec } as Assignment;
  const told: string[] = [];
  const run = (command: string, signal = new AbortController().signal) =>
    runProgram({
      command,
      graceMs: 300,
      env: { PATH: process.env['PATH'], IONLOOP_TOKEN: 'hush' },
      tell: (line) => told.push(line),
    })(assignment, {
      signal,
      report: () => undefined,
      append: () => undefined,
      resumed: () => Promise.resolve(),
    });

  it('gets the spec, and not the token', async () => {
    const command = `read line; echo "$IONLOOP_ATTEMPT $IONLOOP_TOKEN $line" >&2; echo '{"value":1e-4,"unit":"S/cm"}'`;
    expect(await run(command)).toEqual({ outcome: 'measured', measurements: [full] });
    expect(told).toContain(`a  ${JSON.stringify(spec)}`);
  });

  it('has a fault in the last line it wrote', async () => {
    await expect(run('echo starting >&2; echo "no argon" >&2; exit 3')).rejects.toThrow(
      'the program ended with 3: no argon',
    );
  });

  it('is ended with all it has started, though it does not listen', async () => {
    const stop = new AbortController();
    const before = performance.now();
    const stopped = run(`trap '' TERM; sleep 60`, stop.signal);
    setTimeout(() => stop.abort(new Error('cancelled')), 200);
    await expect(stopped).rejects.toThrow('cancelled');
    expect(performance.now() - before).toBeLessThan(20_000);
  });
});

describe('ionloop station', () => {
  it('says what is not set', async () => {
    const { code, err } = await ionloop(['station', '--run', 'true', '--url', 'http://localhost:1']);
    expect([code, err]).toEqual([2, 'ionloop: --token or IONLOOP_TOKEN is not set']);
  });

  it('takes no case that there is not', async () => {
    const { code, err } = await ionloop(['conform', '--cases', 'luck', '--', 'true']);
    expect(code).toBe(2);
    expect(err).toContain('there is no case "luck"; there are plain, lost-reply-claim');
  });
});
