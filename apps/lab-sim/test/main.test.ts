import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HostileLab } from '@ionloop/lab-client/testing';
import {
  linesOf,
  main,
  specOf,
  startProgram,
  temporaryFolder,
  tokens,
  until,
  type Program,
} from './support.js';

describe('The simulator as a program', () => {
  let lab: HostileLab;
  let folder: ReturnType<typeof temporaryFolder>;
  let programs: Program[];
  beforeAll(() => {
    if (!existsSync(main)) throw new Error(`${main} is not there: build apps/lab-sim first`);
  });
  beforeEach(async () => {
    lab = await HostileLab.open({ heartbeatSeconds: 0.1, tokens });
    folder = temporaryFolder();
    programs = [];
  });
  afterEach(async () => {
    for (const { process: child } of programs) child.kill('SIGKILL');
    await Promise.all(programs.map(({ ended }) => ended));
    await lab.close();
    folder.remove();
  });

  const start = (speed: number): Program => {
    const args = ['--url', lab.url, '--station', 'sim-1', '--spool', folder.path];
    const settings = ['--speed', String(speed), '--seed', 'main', '--fail-rate', '0'];
    const program = startProgram([...args, ...settings], JSON.stringify({ 'sim-1': 'token of sim-1' }));
    programs.push(program);
    return program;
  };
  const inSpool = (name: string): string[] => linesOf(join(folder.path, 'sim-1', name));

  it.each([
    ['before the server had it', { kind: 'status', status: 503, retryAfter: '60' }, 0],
    ['after the server had it, but had not said so', { kind: 'silence' }, 1],
  ] as const)('hands a result in once though it is killed while doing so, %s', async (_, fault, stored) => {
    lab.plant('submit', fault);
    lab.enqueue(specOf(1));
    const first = start(1000);
    await until('it hands in', () => lab.seenOf('submit').length === 1);
    expect(first.process.kill('SIGKILL')).toBe(true);
    expect(await first.ended).toBe('SIGKILL');
    expect(inSpool('results.jsonl')).toHaveLength(1);
    expect(lab.attempts.filter(({ result }) => result)).toHaveLength(stored);

    start(1000);
    await until('it hands in again', () => lab.seenOf('submit').length === 2);
    await until('the spool is empty', () => inSpool('results.jsonl').length === 0);
    const [one, two] = lab.seenOf('submit');
    expect(two!.key).toBe(one!.key);
    expect(two!.body).toEqual(one!.body);
    expect(two!.boot).not.toBe(one!.boot);
    expect(lab.attempts).toHaveLength(1);
    expect(lab.attempts[0]!.result?.outcome).toBe('measured');
    expect(inSpool('refused.jsonl')).toEqual([]);
  });

  it('reports what it was making when it was killed as a fault, and makes it again', async () => {
    lab.enqueue(specOf(1));
    const first = start(1);
    await until('it is started', () => lab.attempts[0]?.state === 'started');
    first.process.kill('SIGKILL');
    await first.ended;

    start(1000);
    await until('it is measured', () => lab.attempts[1]?.result?.outcome === 'measured');
    expect(lab.attempts[0]!.result).toMatchObject({
      outcome: 'instrument_fault',
      note: 'the simulator was restarted while this was being made',
    });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends within a second of %s, with a last word', async (signal) => {
    lab.enqueue(specOf(1));
    const program = start(1);
    await until('it is started', () => lab.attempts[0]?.state === 'started');
    const before = performance.now();
    program.process.kill(signal);
    expect(await program.ended).toBe(0);
    expect(performance.now() - before).toBeLessThan(1000);
    expect(lab.attempts[0]!.result).toMatchObject({ outcome: 'instrument_fault' });
  });

  it('ends within a second though the server is away, and gives its last word at the next start', async () => {
    lab.enqueue(specOf(1));
    const first = start(1);
    await until('it is started', () => lab.attempts[0]?.state === 'started');
    const { port } = lab;
    await lab.close();
    const before = performance.now();
    first.process.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(performance.now() - before).toBeLessThan(1200);
    await lab.listen(port);
    start(1);
    await until('the word is there', () => lab.attempts[0]?.result?.outcome === 'instrument_fault');
  });

  it('says how it is used where an argument is wrong, without a secret in it', async () => {
    const program = startProgram(
      ['--url', lab.url, '--station', 'sim-9', '--spool', 'x'],
      '{"sim-1":"hush"}',
    );
    programs.push(program);
    expect(await program.ended).toBe(2);
    expect(program.said()).toContain('no token for station "sim-9"');
    expect(program.said()).toContain('usage: lab-sim');
    expect(program.said()).not.toContain('hush');
  });

  it('ends with the refusal where every token is refused', async () => {
    lab.setToken('token of sim-1', null);
    const program = start(1);
    expect(await program.ended).toBe(1);
    expect(program.said()).toContain('UNAUTHENTICATED');
  });
});
