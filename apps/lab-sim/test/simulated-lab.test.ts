import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HostileLab } from '@ionloop/lab-client/testing';
import { simulateLab, stageNames, type SimulatedLab } from '../src/index.js';
import { specOf, temporaryFolder, tokens, until } from './support.js';

describe('The simulated lab', () => {
  let lab: HostileLab;
  let folder: ReturnType<typeof temporaryFolder>;
  let stop: AbortController;
  let lines: string[];
  beforeEach(async () => {
    lab = await HostileLab.open({ heartbeatSeconds: 0.05, tokens });
    folder = temporaryFolder();
    stop = new AbortController();
    lines = [];
  });
  afterEach(async () => {
    stop.abort();
    await lab.close();
    folder.remove();
  });

  const simulate = (more: Partial<SimulatedLab> = {}): Promise<void> =>
    simulateLab({
      url: lab.url,
      stations: new Map(Object.entries(tokens).map(([token, station]) => [station, token])),
      speed: 1000,
      seed: 'a seed',
      failRate: 0,
      spool: folder.path,
      signal: stop.signal,
      log: (line) => lines.push(line),
      backoff: { firstMs: 5, longestMs: 50 },
      ...more,
    });
  const results = () => lab.attempts.flatMap(({ result }) => result ?? []);
  const byExperiment = () =>
    lab.attempts
      .map(({ assignment, result }) => [assignment.experimentNumber, result?.measurements] as const)
      .sort(([a], [b]) => a - b);

  it('measures everything there is to do, each once, by several stations at a time', async () => {
    lab.enqueue(...Array.from({ length: 12 }, (_, i) => specOf(i + 1)));
    const ended = simulate();
    await until('all are measured', () => results().length === 12);
    stop.abort();
    await ended;
    expect(results().every(({ outcome }) => outcome === 'measured')).toBe(true);
    expect(lab.attempts.every(({ starts }) => starts === 1)).toBe(true);
    expect(new Set(lab.attempts.map(({ station }) => station))).toEqual(new Set(['sim-1', 'sim-2']));
    expect(results()[0]!.measurements[0]).toMatchObject({
      property: 'ionic_conductivity',
      impedance: { areaCm2: 0.785 },
      conditions: { temperatureC: 300, atmosphere: 'argon' },
    });
    expect([...lab.attempts[0]!.partials.values()]).toEqual([
      { pellet: expect.anything() },
      { sintered: true },
    ]);
  });

  it('gives the same values again for the same seed, whatever goes wrong on the way', async () => {
    const work = Array.from({ length: 6 }, (_, i) => specOf(i + 1));
    lab.enqueue(...work);
    const first = simulate();
    await until('all are measured', () => results().length === 6);
    const once = byExperiment();
    stop.abort();
    await first;

    const other = await HostileLab.open({ heartbeatSeconds: 0.05, tokens });
    for (const verb of ['claim', 'start', 'partials', 'submit'] as const) {
      other.plant(verb, { kind: 'lost-reply' }, { kind: 'status', status: 503 }, { kind: 'cut' });
    }
    stop = new AbortController();
    const second = simulate({ url: other.url });
    other.enqueue(...work);
    await lab.close();
    lab = other;
    await until('all are measured again', () => results().length === 6);
    stop.abort();
    await second;
    expect(byExperiment()).toEqual(once);
    expect(lab.attempts.every(({ starts }) => starts === 1)).toBe(true);
  });

  it('goes through its stages, and tells the server where it is', async () => {
    lab.enqueue(specOf(1));
    const ended = simulate({ speed: 12 });
    await until('it is measured', () => results().length === 1);
    stop.abort();
    await ended;
    const told = [...new Set(lab.attempts[0]!.stages)];
    expect(told).toEqual([...stageNames]);
  });

  it('loses a sample as a sample, not as a fault', async () => {
    lab.enqueue(specOf(1));
    const ended = simulate({ failRate: 1 });
    await until('it is lost', () => results().length === 1);
    stop.abort();
    await ended;
    expect(results()[0]).toMatchObject({ outcome: 'failed_sample', measurements: [] });
  });

  it('stops the work that the server cancels', async () => {
    lab.enqueue(specOf(1));
    const ended = simulate({ speed: 0.1 });
    await until('it is started', () => lab.attempts[0]?.state === 'started');
    lab.command(lab.attempts[0]!.assignment.attemptId, 'cancel');
    await until('it is stopped', () => results().length === 1);
    expect(results()[0]!.outcome).toBe('instrument_fault');
    stop.abort();
    await ended;
  });

  it('goes on with the other stations where one is refused, and says which', async () => {
    lab.setToken('token of sim-2', null);
    lab.enqueue(specOf(1));
    const ended = simulate();
    await until('the other measures', () => results().length === 1);
    stop.abort();
    await expect(ended).rejects.toMatchObject({ status: 401 });
    expect(lines.some((line) => line.startsWith('sim-2: ended: LabRefusal: UNAUTHENTICATED'))).toBe(true);
  });
});
