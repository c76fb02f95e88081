import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assignment, Result, RunContext } from '../src/index.js';
import type { HostileLab } from '../src/testing/index.js';
import {
  clientOf,
  endless,
  measured,
  openLab,
  specOf,
  startStation,
  temporaryFolder,
  token,
  until,
  type RunningStation,
} from './support.js';

describe('A station', () => {
  let lab: HostileLab;
  let folder: ReturnType<typeof temporaryFolder>;
  let stations: RunningStation[];
  beforeEach(async () => {
    lab = await openLab();
    folder = temporaryFolder();
    stations = [];
  });
  afterEach(async () => {
    await Promise.allSettled(stations.map((station) => station.stop()));
    await lab.close();
    folder.remove();
  });

  const start = (
    ...args: [run: Parameters<typeof startStation>[2], more?: Parameters<typeof startStation>[3]]
  ) => {
    const station = startStation(lab, folder.path, ...args);
    stations.push(station);
    return station;
  };
  const linesOf = (name: string): string[] => {
    const path = join(folder.path, name);
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
  };
  const results = () => lab.attempts.flatMap(({ result }) => result ?? []);

  it('has the server’s agreement to the start before anything is done', async () => {
    lab.plant('start', { kind: 'slow', ms: 60 }, { kind: 'lost-reply' });
    const statesAtRun: unknown[] = [];
    start((assignment) => {
      const attempt = lab.attempts.find((one) => one.assignment.attemptId === assignment.attemptId);
      statesAtRun.push([attempt?.state, attempt?.starts]);
      return Promise.resolve(measured());
    });
    lab.enqueue(specOf(1), specOf(2));
    await until('both are measured', () => results().length === 2);
    expect(statesAtRun).toEqual([
      ['started', 1],
      ['started', 1],
    ]);
  });

  it('does nothing about an assignment whose start is refused', async () => {
    lab.plant('start', { kind: 'status', status: 409, code: 'SPEC_CHANGED' });
    const run = jest.fn(() => Promise.resolve(measured()));
    const station = start(run);
    lab.enqueue(specOf(1));
    await until('it says so', () =>
      station.lines.some((line) => line.includes('is not started: SPEC_CHANGED')),
    );
    expect(run).not.toHaveBeenCalled();
    await until('nothing is begun', () => linesOf('begun.jsonl').length === 0);
    expect(lab.seenOf('submit')).toHaveLength(0);
  });

  it('draws a new boot at each start', async () => {
    for (const n of [1, 2]) {
      const station = start(endless);
      await until('it is registered', () => lab.seenOf('register').length === n);
      await station.stop();
    }
    const boots = lab.seenOf('register').map(({ body }) => body['bootId']);
    expect(new Set(boots).size).toBe(2);
  });

  it('works on as many assignments at a time as it may, and no more', async () => {
    let now = 0;
    let most = 0;
    const run = async (): Promise<Result> => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 150));
      now -= 1;
      return measured();
    };
    lab.enqueue(...[1, 2, 3, 4, 5, 6, 7].map(specOf));
    start(run, { concurrency: 3 });
    await until('all are measured', () => results().length === 7);
    expect(most).toBe(3);
    expect(lab.attempts.every(({ starts }) => starts === 1)).toBe(true);
  });

  it('tells stage and progress, and sends partial results in order', async () => {
    start(async (_, context) => {
      context.report('mill', 0.25);
      context.append({ found: 1 });
      context.append({ found: 2 });
      await until('the stage is known', () => lab.attempts[0]!.stages.includes('mill'));
      return measured();
    });
    lab.plant('partials', { kind: 'lost-reply' }, { kind: 'status', status: 503 });
    lab.enqueue(specOf(1));
    await until('it is measured', () => results().length === 1);
    expect([...lab.attempts[0]!.partials]).toEqual([
      [0, { found: 1 }],
      [1, { found: 2 }],
    ]);
  });

  it('beats for one attempt though new ones come in all the time', async () => {
    lab.enqueue(...Array.from({ length: 200 }, (_, i) => specOf(i + 1)));
    const run = async (assignment: Assignment, context: RunContext): Promise<Result> => {
      if (assignment.experimentNumber === 1) return endless(assignment, context);
      await new Promise((resolve) => setTimeout(resolve, 10));
      return measured();
    };
    start(run, { concurrency: 2 });
    await until('three beats', () => lab.seenOf('heartbeat').length >= 3);
    expect(results().length).toBeLessThan(199);
  });

  it('aborts the work when the server cancels, and says that it has', async () => {
    start(endless);
    lab.enqueue(specOf(1));
    await until('it is started', () => lab.attempts[0]?.state === 'started');
    lab.command(lab.attempts[0]!.assignment.attemptId, 'cancel');
    await until('the word is there', () => results().length === 1);
    expect(results()[0]).toMatchObject({
      outcome: 'instrument_fault',
      note: 'cancelled, as the server asked',
    });
  });

  it('aborts the work when the lease is lost, and has nothing to say about it', async () => {
    const reasons: unknown[] = [];
    start((assignment, context) => {
      context.signal.addEventListener('abort', () => reasons.push(context.signal.reason));
      return endless(assignment, context);
    });
    lab.enqueue(specOf(1));
    await until('it is started', () => lab.attempts[0]?.state === 'started');
    lab.command(lab.attempts[0]!.assignment.attemptId, 'lease_lost');
    await until('it is stopped', () => reasons.length === 1);
    expect(reasons[0]).toMatchObject({ name: 'WorkStopped', reason: 'lease_lost' });
    lab.enqueue(specOf(2));
    await until('it goes on with other work', () => lab.attempts[1]?.state === 'started');
    expect(lab.seenOf('submit')).toHaveLength(0);
  });

  it('hands in what was measured all the same when the lease was lost meanwhile', async () => {
    start(async (_, { signal }) => {
      await until('the lease is lost', () => signal.aborted);
      return measured();
    });
    lab.enqueue(specOf(1));
    await until('it is started', () => lab.attempts[0]?.state === 'started');
    lab.command(lab.attempts[0]!.assignment.attemptId, 'lease_lost');
    await until('it is handed in', () => results()[0]?.outcome === 'measured');
  });

  it('holds work that asks whether to go on while the server says pause', async () => {
    const passed: string[] = [];
    start(async (_, context) => {
      await context.resumed();
      passed.push('first');
      await until('the pause has come', () => lab.seenOf('heartbeat').length >= 3);
      await context.resumed();
      passed.push('second');
      return measured();
    });
    lab.enqueue(specOf(1));
    await until('it is leased', () => lab.attempts.length === 1);
    const { attemptId } = lab.attempts[0]!.assignment;
    lab.command(attemptId, 'pause');
    await until('five beats', () => lab.seenOf('heartbeat').length >= 5);
    expect(passed).toEqual(['first']);
    lab.command(attemptId, 'continue');
    await until('it is measured', () => results().length === 1);
  });

  it('reports what the work throws as an instrument fault, in its words', async () => {
    start(({ experimentNumber }) =>
      experimentNumber === 1 ? Promise.reject(new Error('the arm is stuck')) : Promise.resolve(measured()),
    );
    lab.enqueue(specOf(1));
    await until('the fault is there', () => results().length === 1);
    expect(results()[0]).toMatchObject({ outcome: 'instrument_fault', note: 'the arm is stuck' });
  });

  it('keeps the key of a result over lost replies and refusing gateways', async () => {
    lab.plant('submit', { kind: 'lost-reply' }, { kind: 'status', status: 503 }, { kind: 'cut' });
    const station = start(() => Promise.resolve(measured()));
    lab.enqueue(specOf(1));
    await until('it is acknowledged', () => station.lines.some((line) => line.endsWith('accepted')));
    const keys = lab.seenOf('submit').map(({ key }) => key);
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(1);
    await until('the spool is empty', () => linesOf('results.jsonl').length === 0);
  });

  it('has a result on disk before it is handed in for the first time', async () => {
    lab.plant('submit', { kind: 'slow', ms: 100 });
    start(() => Promise.resolve(measured(3e-4)));
    lab.enqueue(specOf(1));
    await until('it is being handed in', () => lab.seenOf('submit').length === 1);
    expect(results()).toHaveLength(0);
    const [line] = linesOf('results.jsonl');
    expect(JSON.parse(line!)).toMatchObject({ key: lab.seenOf('submit')[0]!.key, result: measured(3e-4) });
  });

  it('hands in what an earlier life had left before it claims', async () => {
    const first = start(() => Promise.resolve(measured()));
    lab.plant('submit', ...Array.from({ length: 500 }, () => ({ kind: 'status', status: 503 }) as const));
    lab.enqueue(specOf(1));
    await until('the spool has it', () => linesOf('results.jsonl').length === 1);
    await first.stop();
    const key = lab.seenOf('submit')[0]!.key;
    await lab.close();

    lab.mend();
    await lab.listen(0);
    const before = lab.seen.length;
    start(endless);
    const order = () => lab.seen.slice(before).map(({ verb }) => verb);
    await until('a claim follows', () => order().includes('claim'));
    expect(order()).toEqual(['register', 'submit', 'claim']);
    expect(results()[0]!.key).toBe(key);
    expect(linesOf('results.jsonl')).toEqual([]);
  });

  it('keeps what the server refuses in a file of its own, with the reason', async () => {
    const station = start(() => Promise.resolve({ outcome: 'measured', measurements: [] }));
    lab.enqueue(specOf(1));
    await until('it is set aside', () => linesOf('refused.jsonl').length === 1);
    expect(JSON.parse(linesOf('refused.jsonl')[0]!)).toMatchObject({
      attemptId: lab.attempts[0]!.assignment.attemptId,
      result: { outcome: 'measured' },
      refusal: { status: 400, code: 'INVALID_INPUT', field: 'measurements' },
    });
    await until('the spool is empty', () => linesOf('results.jsonl').length === 0);
    await until('it says so', () =>
      station.lines.some((line) => line.includes('was refused and is kept in')),
    );
    lab.enqueue(specOf(2));
    await until('work goes on', () => lab.attempts.length === 2);
  });

  it('keeps a result while its token is not valid, and hands it in once it is', async () => {
    const station = start(async () => {
      lab.setToken(token, null);
      return Promise.resolve(measured());
    });
    lab.enqueue(specOf(1));
    await until('it says so', () => station.lines.some((line) => line.includes('the token is refused')));
    expect(linesOf('results.jsonl')).toHaveLength(1);
    lab.setToken(token, 'sim-1');
    await until('it is handed in', () => results().length === 1);
    expect(linesOf('refused.jsonl')).toEqual([]);
  });

  it('goes on through an outage, and speaks of it twice: when it begins and when it ends', async () => {
    const station = start(() => Promise.resolve(measured()));
    lab.enqueue(specOf(1));
    await until('the first is measured', () => results().length === 1);
    const { port } = lab;
    await lab.close();
    await until('it notices', () => station.lines.some((line) => line.includes('does not answer')));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await lab.listen(port);
    lab.enqueue(specOf(2));
    await until('the second is measured', () => results().length === 2);
    expect(station.lines.filter((line) => line.includes('the server'))).toEqual([
      expect.stringContaining('does not answer'),
      'the server answers again',
    ]);
  });

  it('waits for a server that is not there yet', async () => {
    const { port } = lab;
    const client = clientOf(lab);
    await lab.close();
    const station = start(endless, { client });
    await until('it notices', () => station.lines.length === 1);
    await lab.listen(port);
    await until('it is registered', () => lab.seenOf('register').length === 1);
  });

  it('ends with the refusal when its token is not valid at the start', async () => {
    lab.setToken(token, null);
    await expect(start(endless).ended).rejects.toMatchObject({ status: 401 });
  });

  it('stops its work and ends when another boot takes its place', async () => {
    const first = start(endless);
    lab.enqueue(specOf(1));
    await until('it is started', () => lab.attempts[0]?.state === 'started');
    const other = temporaryFolder();
    stations.push(startStation(lab, other.path, endless));
    await expect(first.ended).rejects.toMatchObject({ code: 'LEASE_LOST' });
    other.remove();
  });

  it('leaves a result for the next boot when another has taken its place', async () => {
    lab.plant('submit', { kind: 'status', status: 409, code: 'LEASE_LOST' });
    const first = start(() => Promise.resolve(measured()));
    lab.enqueue(specOf(1));
    await expect(first.ended).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(linesOf('results.jsonl')).toHaveLength(1);
    start(endless);
    await until('the next boot hands it in', () => results().length === 1);
  });

  it('says at a stop that its work has stopped, within its grace', async () => {
    const station = start(endless);
    lab.enqueue(specOf(1));
    await until('it is started', () => lab.attempts[0]?.state === 'started');
    const before = performance.now();
    await station.stop();
    expect(performance.now() - before).toBeLessThan(1000);
    expect(results()[0]).toMatchObject({
      outcome: 'instrument_fault',
      note: 'the station was stopped while this was being made',
    });
    expect(linesOf('begun.jsonl')).toEqual([]);
  });

  it('stops in time though the work does not, and the server neither', async () => {
    const run = jest.fn(() => new Promise<Result>(() => undefined));
    const station = start(run);
    lab.enqueue(specOf(1));
    await until('it is begun', () => run.mock.calls.length === 1);
    await lab.close();
    const before = performance.now();
    await station.stop();
    expect(performance.now() - before).toBeLessThan(1000);
    expect(linesOf('begun.jsonl')).toHaveLength(1);
    await lab.listen(0);
  });

  describe('after a restart', () => {
    const begin = async (): Promise<void> => {
      const run = jest.fn(() => new Promise<Result>(() => undefined));
      const first = start(run, { graceMs: 20 });
      lab.enqueue(specOf(1));
      await until('it is begun', () => run.mock.calls.length === 1);
      await first.stop();
      expect(linesOf('begun.jsonl')).toHaveLength(1);
    };

    it('leaves what it had begun to a person, unless it knows better', async () => {
      await begin();
      const station = start(endless);
      await until('it says so', () => station.lines.some((line) => line.includes('a person decides')));
      expect(results()).toHaveLength(0);
      expect(lab.attempts[0]!.state).toBe('started');
    });

    it('reports what became of it where it knows', async () => {
      await begin();
      start(endless, {
        recover: ({ experimentNumber }) => ({
          outcome: 'instrument_fault',
          note: `power cut during ${experimentNumber}`,
          measurements: [],
        }),
      });
      await until('it is reported', () => results().length === 1);
      expect(results()[0]!.note).toBe('power cut during 1');
      const [first] = lab.attempts;
      const left = () => linesOf('begun.jsonl').some((line) => line.includes(first!.assignment.attemptId));
      await until('it is off the list', () => !left());
    });

    it('has nothing to say where the server has given the attempt up', async () => {
      await begin();
      lab.command(lab.attempts[0]!.assignment.attemptId, 'lease_lost');
      const recover = jest.fn(() => null);
      start(endless, { recover });
      await until('it claims', () => lab.seenOf('claim').length > 1);
      expect(recover).not.toHaveBeenCalled();
      expect(linesOf('begun.jsonl')).toEqual([]);
    });
  });

  it('begins nothing that it could not write down', async () => {
    const run = jest.fn(() => Promise.resolve(measured()));
    const station = start(run);
    await until('it is registered', () => lab.seenOf('claim').length > 0);
    rmSync(folder.path, { recursive: true });
    writeFileSync(folder.path, '');
    lab.enqueue(specOf(1));
    await expect(station.ended).rejects.toThrow('ENOTDIR');
    expect(run).not.toHaveBeenCalled();
    expect(lab.seenOf('start')).toHaveLength(0);
    rmSync(folder.path);
  });

  it('hands a result in from memory when the disk refuses it', async () => {
    const station = start(() => {
      rmSync(folder.path, { recursive: true });
      return Promise.resolve(measured());
    });
    lab.enqueue(specOf(1));
    await until('it is handed in', () => results().length === 1);
    expect(station.lines.some((line) => line.includes('cannot be kept on disk'))).toBe(true);
  });
});
