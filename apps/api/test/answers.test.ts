import { issueToken } from '@ionloop/engine';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { bootApi, type RunningApi } from '../src/index.js';
import { addExperiment, createCampaign, points } from './support/campaign.js';
import { settingsFor, TestServer } from './support/server.js';
import { Statements } from './support/statements.js';

const statements = new Statements();
const experimentsRead = (): number =>
  statements.about(/\bFROM "?experiment\b/i).filter((text) => !/^\s*(INSERT|UPDATE)/i.test(text)).length;
const tokensRead = (): number => statements.about(/\bFROM "?token\b/i).length;

/** Other tests write to databases of the same server, which has one moment for all: tried until nobody disturbed it. */
async function undisturbed(attempt: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) if (await attempt()) return true;
  return false;
}

let server: TestServer;
let other: RunningApi;
beforeAll(async () => {
  server = await TestServer.start();
  other = await bootApi({ ...settingsFor(server.database.url), home: server.home });
});
afterAll(async () => {
  await other.close();
  await server.close();
  statements.end();
});

const numbers = `query ($id: ID!) { campaign(id: $id) { experiments(first: 50) { nodes { number } totalCount } } }`;
interface Numbers {
  readonly campaign: { readonly experiments: { readonly totalCount: number } } | null;
}

const countOf = async (id: string, secret: string, url = server.url): Promise<number | undefined> => {
  const data = (await ask(url, secret, numbers, { id })) as Numbers | null;
  return data?.campaign?.experiments.totalCount;
};

async function ask(url: string, secret: string, query: string, variables: object = {}): Promise<unknown> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret}` };
  const body = JSON.stringify({ query, variables });
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
  return ((await response.json()) as { readonly data: unknown }).data;
}

describe('while nothing is written', () => {
  it('answers the same question without a look at what it is about', async () => {
    const id = await createCampaign(server);
    await addExperiment(server, id, points[0] ?? {});
    const twice = async (): Promise<boolean> => {
      const first = await server.query<Numbers>('viewer', numbers, { id });
      const before = experimentsRead();
      expect(await server.query<Numbers>('viewer', numbers, { id })).toEqual(first);
      return experimentsRead() === before;
    };
    expect(await undisturbed(twice)).toBe(true);
    expect(experimentsRead()).toBeGreaterThan(0);
  });

  it('works out once what many ask at a time', async () => {
    const id = await createCampaign(server);
    const all = (): Promise<unknown> =>
      Promise.all(Array.from({ length: 40 }, () => server.query<Numbers>('viewer', numbers, { id })));
    // Connections are opened and statements are prepared.
    await all();
    const costOf = async (work: () => Promise<unknown>): Promise<number> => {
      // As far as anybody can tell, something was written.
      await server.sql('SELECT pg_current_xact_id()');
      const before = experimentsRead();
      await work();
      return experimentsRead() - before;
    };
    const asOne = async (): Promise<boolean> => {
      const cost = await costOf(() => server.query<Numbers>('viewer', numbers, { id }));
      expect(cost).toBeGreaterThan(0);
      return (await costOf(all)) === cost;
    };
    expect(await undisturbed(asOne)).toBe(true);
  });

  it('gives it to whoever may see and do the same, and works it out anew for another role', async () => {
    const id = await createCampaign(server);
    const { secret } = await issueToken(server.engine, { name: 'another viewer', role: 'viewer', days: 1 });
    let before = 0;
    const shared = async (): Promise<boolean> => {
      await countOf(id, server.tokens.viewer);
      before = experimentsRead();
      expect(await countOf(id, secret)).toBe(0);
      return experimentsRead() === before;
    };
    expect(await undisturbed(shared)).toBe(true);
    expect(await countOf(id, server.tokens.planner)).toBe(0);
    expect(experimentsRead()).toBeGreaterThan(before);
  });

  it('tells nobody of another’s campaign, nor an admin’s list to a planner', async () => {
    const id = await createCampaign(server);
    await server.engine.store.workspaces.add({ id: 'next-door', name: 'Next door' });
    const stranger = await issueToken(server.engine, {
      ...{ name: 'a stranger', role: 'viewer', days: 1, workspace: 'next-door' },
    });
    const bound = await issueToken(server.engine, {
      ...{ name: 'a guest', role: 'viewer', days: 1, campaign: await createCampaign(server) },
    });
    expect(await countOf(id, server.tokens.viewer)).toBe(0);
    expect(await countOf(id, stranger.secret)).toBeUndefined();
    expect(await countOf(id, bound.secret)).toBeUndefined();
    const list = '{ tokens { name } }';
    expect((await server.query('admin', list)).errors).toBeUndefined();
    expect((await server.query('planner', list)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('tells everybody their own name', async () => {
    const viewer = '{ viewer { name } }';
    const { secret } = await issueToken(server.engine, { name: 'Grace', role: 'viewer', days: 1 });
    const names = await Promise.all(
      [server.tokens.viewer, secret, server.tokens.viewer, secret].map(async (each) => {
        const data = (await ask(server.url, each, viewer)) as { readonly viewer: { readonly name: string } };
        return data.viewer.name;
      }),
    );
    expect(names).toEqual(['a viewer', 'Grace', 'a viewer', 'Grace']);
  });

  it('tries again what went wrong', async () => {
    const broken = `query ($id: ID!) { campaign(id: $id) { experiments(first: 5, after: "nonsense") { totalCount } } }`;
    const id = await createCampaign(server);
    const first = await server.query('viewer', broken, { id });
    expect(first.errors).toHaveLength(1);
    const again = await server.query('viewer', broken, { id });
    expect(again.errors?.[0]?.message).toBe(first.errors?.[0]?.message);
  });

  it('refuses a document of several operations of which none is named', async () => {
    const { status, errors } = await server.query(
      'viewer',
      'query A { viewer { name } } query B { viewer { role } }',
    );
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions.code).toBe('OPERATION_RESOLUTION_FAILURE');
  });

  it('looks anew after a second, as some things change by the clock alone', async () => {
    const id = await createCampaign(server);
    await countOf(id, server.tokens.viewer);
    const before = experimentsRead();
    await sleep(1100);
    await countOf(id, server.tokens.viewer);
    expect(experimentsRead()).toBeGreaterThan(before);
  });

  it('does what is asked as often as it is asked', async () => {
    expect(await createCampaign(server)).not.toBe(await createCampaign(server));
  });
});

describe('whose a token is', () => {
  const name = '{ viewer { name } }';

  it('is not looked up again while nothing is written', async () => {
    const twice = async (): Promise<boolean> => {
      await server.query('viewer', name);
      const before = tokensRead();
      await server.query('viewer', name);
      return tokensRead() === before;
    };
    expect(await undisturbed(twice)).toBe(true);
    expect(tokensRead()).toBeGreaterThan(0);
  });

  it('is forgotten when it is revoked, on every server', async () => {
    const { secret, token } = await issueToken(server.engine, { name: 'Passing', role: 'viewer', days: 1 });
    for (const url of [server.url, other.url]) {
      for (let i = 0; i < 3; i += 1)
        expect(await ask(url, secret, name)).toEqual({ viewer: { name: 'Passing' } });
    }
    await server.sql(`UPDATE token SET revoked_at = now() WHERE id = '${token.id}'`);
    for (const url of [server.url, other.url]) expect(await ask(url, secret, name)).toBeUndefined();
  });

  it('is forgotten when its time is over', async () => {
    const days = 1.5 / 86_400;
    const { secret } = await issueToken(server.engine, { name: 'Short-lived', role: 'viewer', days });
    const until = performance.now() + 2600;
    let last: unknown;
    while (performance.now() < until) last = await ask(server.url, secret, name);
    expect(last).toBeUndefined();
  });
});

describe('as soon as something is written', () => {
  it('whoever wrote reads it, on whichever server, while others go on asking', async () => {
    const id = await createCampaign(server, { budget: 200 });
    const { planner, viewer } = server.tokens;
    let over = false;
    const crowd = Array.from({ length: 8 }, async (_, i) => {
      let seen = 0;
      while (!over) {
        const now = (await countOf(id, viewer, i % 2 === 0 ? server.url : other.url)) ?? 0;
        // Time does not run backwards for anybody.
        expect(now).toBeGreaterThanOrEqual(seen);
        seen = now;
      }
    });
    for (let written = 1; written <= 40; written += 1) {
      const share = written / 100;
      await addExperiment(server, id, {
        composition: { Li3PO4: share, Li3BO3: 0.5, Li2SO4: Number((0.5 - share).toFixed(2)) },
      });
      const seen = await Promise.all([
        countOf(id, planner),
        countOf(id, viewer),
        countOf(id, planner, other.url),
        countOf(id, viewer, other.url),
      ]);
      expect(seen).toEqual([written, written, written, written]);
    }
    over = true;
    await Promise.all(crowd);
  }, 60_000);

  it('sees what was written behind the server’s back', async () => {
    const { token } = await issueToken(server.engine, { name: 'By us', role: 'viewer', days: 1 });
    const names = async (): Promise<readonly string[]> => {
      const { data } = await server.query<{ tokens: { name: string }[] }>('admin', '{ tokens { name } }');
      return data.tokens.map(({ name }) => name);
    };
    expect(await names()).toContain('By us');
    await server.sql(`UPDATE token SET name = 'By hand' WHERE id = '${token.id}'`);
    expect(await names()).toContain('By hand');
  });
});

it('counts which answers were kept', async () => {
  const told = async (): Promise<number> => {
    const { text } = await server.rest('GET', '/metrics', { secret: server.tokens.admin });
    return Number(/^ionloop_graphql_answers_total\{from="kept"\} (\d+)$/m.exec(text)?.[1] ?? 0);
  };
  const id = await createCampaign(server);
  const before = await told();
  const counted = async (): Promise<boolean> => {
    await countOf(id, server.tokens.viewer);
    return (await told()) === before + 1;
  };
  expect(await undisturbed(counted)).toBe(true);
});
