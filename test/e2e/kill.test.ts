import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Philox } from '@ionloop/linalg';
import { RunningIonloop, until } from '../support/running.js';
import { acceptedOf, demoOf, temporaryHome, verify } from './support.js';

const kills = 20;
const seed = process.env['IONLOOP_TEST_SEED'] ?? 'kill -9';

interface Event {
  readonly seq: number;
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Which process of the product this command line is; its threads and helpers are not victims of their own. */
function roleOf(command: string): string | null {
  if (/apps\/api\//.test(command)) return 'api';
  if (/apps\/worker\//.test(command)) return 'worker';
  if (/apps\/lab-sim\//.test(command)) return 'lab';
  if (/postgres.* -D /.test(command)) return 'postgres';
  return null;
}

async function allEvents(running: RunningIonloop, id: string): Promise<readonly Event[]> {
  const events: Event[] = [];
  for (;;) {
    const { campaign } = await running.query<{ campaign: { events: Event[] } }>(
      'query($id: ID!, $after: Int!) { campaign(id: $id) { events(after: $after, first: 500) { seq type payload } } }',
      { id, after: events.at(-1)?.seq ?? 0 },
    );
    if (campaign.events.length === 0) return events;
    events.push(...campaign.events);
  }
}

/** Experiments that were started a second time while their first start had not been ended by a word or a person. */
function doubleStarts(events: readonly Event[]): readonly string[] {
  const experimentOf = new Map<string, string>();
  const running = new Map<string, string>();
  const doubles: string[] = [];
  for (const { type, payload } of events) {
    const attemptId = String(payload['attemptId']);
    if (type === 'attempt.leased') experimentOf.set(attemptId, String(payload['experimentId']));
    if (type === 'attempt.started') {
      const experiment = experimentOf.get(attemptId) ?? '';
      if (running.has(experiment)) doubles.push(`${experiment}: ${running.get(experiment)} and ${attemptId}`);
      running.set(experiment, attemptId);
    }
    if (type === 'attempt.submitted' || type === 'attempt.aborted') {
      const experiment = experimentOf.get(attemptId) ?? '';
      if (running.get(experiment) === attemptId) running.delete(experiment);
    }
  }
  return doubles;
}

/** What a person would look at first. */
async function stateOf(running: RunningIonloop, home: string): Promise<string> {
  const demo = await demoOf(running).catch(() => null);
  const states = demo?.experiments.edges.map(({ node }) => `${node.number} ${node.state}`).slice(-8);
  const logs = ['api', 'worker', 'lab-sim'].map((name) => {
    const lines = readFileSync(join(home, 'logs', `${name}.log`), 'utf8')
      .trim()
      .split('\n');
    return `${name}.log\n${lines.slice(-8).join('\n').slice(-3000)}`;
  });
  const events = demo ? (await allEvents(running, demo.id)).slice(-5) : [];
  return [running.output.slice(-600), states, JSON.stringify(events), ...logs].join('\n\n');
}

describe(`kill -9 at random moments (seed "${seed}")`, () => {
  const home = temporaryHome();
  const env = {
    IONLOOP_DEMO_SPEED: '20',
    IONLOOP_DEMO_EXPERIMENTS: '200',
    IONLOOP_LEASE_SECONDS: '3',
    IONLOOP_HEARTBEAT_SECONDS: '1',
    IONLOOP_SWEEP_SECONDS: '1',
    IONLOOP_ATTEMPT_CAP: '10',
  };
  let running: RunningIonloop | undefined;

  afterAll(async () => {
    await running?.stop();
    home.remove();
  }, 60_000);

  it(`${kills} kills: the loop goes on, nothing acknowledged is lost, nothing starts twice`, async () => {
    const draw = Philox.fromSeed(seed);
    const acknowledged = new Map<string, number>();
    const killed: string[] = [];
    const look = async (current: RunningIonloop): Promise<number> => {
      const demo = await demoOf(current);
      for (const [id, value] of acceptedOf(demo)) acknowledged.set(id, value);
      return demo.lastSeq;
    };
    running = await RunningIonloop.start({ home: home.path, env });
    for (let n = 0; n < kills; n += 1) {
      let current: RunningIonloop = running;
      const before = await until('the API to answer', () => look(current), { seconds: 45 });
      await new Promise((resolve) => setTimeout(resolve, 200 + 1000 * draw.uniform()));
      await look(current).catch(() => undefined);
      const children = current.processes().flatMap(({ pid, command }) => {
        const role = roleOf(command);
        return role === null ? [] : [{ pid, role }];
      });
      const victims = [...children, { pid: current.launcher.pid ?? 0, role: 'launcher' }];
      const roles = [...new Set(victims.map(({ role }) => role))].sort();
      const role = roles[draw.integer(roles.length)];
      const victim = victims.find((candidate) => candidate.role === role);
      if (!victim) throw new Error('nothing to kill');
      killed.push(victim.role);
      process.kill(victim.pid, 'SIGKILL');
      if (victim.role === 'launcher') {
        running = current = await RunningIonloop.start({ home: home.path, env });
      }
      await until(
        `progress after killing the ${victim.role} (kill ${n + 1}: ${killed.join(', ')})`,
        async () => {
          const demo = await demoOf(current);
          return demo.lastSeq > before || demo.state === 'completed';
        },
        { seconds: 45 },
      ).catch(async (error: unknown) => {
        throw new Error(`${String(error)}\n${await stateOf(current, home.path)}`);
      });
    }
    const last: RunningIonloop = running;
    const demo = await until('the API to answer', () => demoOf(last));
    const accepted = acceptedOf(demo);
    const lost = [...acknowledged].filter(([id, value]) => accepted.get(id) !== value);
    expect({ lost, killed }).toEqual({ lost: [], killed });
    expect([...new Set(killed)].sort()).toEqual(['api', 'lab', 'launcher', 'postgres', 'worker']);
    expect(acknowledged.size).toBeGreaterThan(5);
    expect(doubleStarts(await allEvents(last, demo.id))).toEqual([]);
    const { verdict } = verify(home.path, demo.id);
    expect(verdict.faults).toEqual([]);
    expect(verdict.plans.filter(({ identical }) => !identical)).toEqual([]);
  }, 420_000);
});
