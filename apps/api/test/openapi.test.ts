import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { outcomes } from '@ionloop/domain';
import * as wire from '@ionloop/lab-client';
import { operations } from '../src/access/operations.js';
import { problemTypes } from '../src/http/problems.js';
import { template } from '../src/http/route.js';
import { documentText, routes } from '../src/openapi/document.js';
import type { Read } from '../src/http/schema.js';
import * as requests from '../src/lab/requests.js';
import { committed, committedFile, faultsOf } from './support/described.js';

const page = readFileSync(resolve(__dirname, '../../../docs/lab-wire.md'), 'utf8');
const described = Object.entries(committed.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

describe('the document', () => {
  it('that is committed is the one that the routes say', () => {
    expect(documentText()).toBe(readFileSync(committedFile, 'utf8'));
  });

  it('has every route of REST, and no other', () => {
    const rest = Object.keys(operations).filter((name) => /^[A-Z]+ \//.test(name));
    expect(routes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(rest.sort());
  });

  it('gives each operation a name of its own', () => {
    const names = described.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it('refers only to what it has, and has nothing that nobody refers to', () => {
    const text = JSON.stringify(committed);
    const referred = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name));
    expect([...referred].sort()).toEqual(Object.keys(committed.components.schemas).sort());
    const linked = [...JSON.stringify(committed.paths).matchAll(/"links":.*?"operationId":"(\w+)"/g)];
    const names = described.map(({ operation }) => operation.operationId);
    expect(linked.length).toBeGreaterThan(2);
    for (const [, name] of linked) expect(names).toContain(name);
  });

  it('gives examples that keep to it', () => {
    let checked = 0;
    for (const { operation } of described) {
      const contents = [
        operation.requestBody?.content,
        ...Object.values(operation.responses).map((r) => r.content),
      ];
      for (const media of contents.flatMap((content) => Object.values(content ?? {}))) {
        const {
          schema,
          example,
          examples = {},
        } = media as {
          schema?: object;
          example?: unknown;
          examples?: Record<string, unknown>;
        };
        const values = [
          ...(example === undefined ? [] : [example]),
          ...Object.keys(examples).map((code) => committed.components.examples[code]?.value),
        ];
        for (const value of values) {
          expect([operation.operationId, faultsOf(schema ?? {}, value)]).toEqual([operation.operationId, '']);
          checked += 1;
        }
      }
    }
    expect(checked).toBeGreaterThan(50);
  });
});

describe('docs/lab-wire.md', () => {
  it('names routes that are there, and each of a station’s', () => {
    const named = [...page.matchAll(/`(GET|HEAD|POST|PUT) (\/[\w/{}.]+)`/g)].map(
      ([, method, path]) => `${method} ${path}`,
    );
    const there = described.map(({ method, path }) => `${method} ${path}`);
    expect(named.filter((name) => !there.includes(name))).toEqual([]);
    const ofStations = routes
      .filter(({ path, method }) => path.startsWith('/lab/v1/') && method !== 'GET')
      .map(({ path, method }) => `${method} ${template(path)}`);
    expect(ofStations.filter((name) => !named.includes(name))).toEqual([]);
  });

  it('has every code of the lab with its status', () => {
    const rows = [...page.matchAll(/^\| (\d{3}(?: \/ \d{3})*) +\|([^|]+)\|/gm)];
    const told = rows.flatMap(([, statuses = '', codes = '']) => {
      const of = statuses.split(' / ').map(Number);
      return [...codes.matchAll(/`([A-Z_]+)`/g)].map(([, code = ''], i) => [code, of[i] ?? of[0]] as const);
    });
    const known = Object.entries(problemTypes).map(([code, { status }]) => [code, status] as const);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(known));
  });
});

type Same<A, B> = [A, B] extends [B, A] ? true : ['differ', A, B];
type KeysOf<T> = T extends unknown ? keyof T : never;
type Readable<A, B> = A extends B ? true : ['cannot be read', A];

/**
 * Whoever checks the types of the tests checks these: what the server says is what the client knows, to the member;
 * whatever the client can send the server reads, and there is no member that it could not send.
 */
const typesAgree: readonly true[] = [
  true satisfies Same<Read<typeof requests.assignment>, wire.Assignment>,
  true satisfies Same<KeysOf<Read<typeof requests.assignment>>, KeysOf<wire.Assignment>>,
  true satisfies Same<Read<typeof requests.spec>, wire.Spec>,
  true satisfies Same<KeysOf<Read<typeof requests.spec>>, KeysOf<wire.Spec>>,
  true satisfies Same<Read<typeof requests.beatAnswer>, wire.BeatAnswer>,
  true satisfies Same<Read<typeof requests.receipt>, wire.Receipt>,
  true satisfies Same<KeysOf<Read<typeof requests.receipt>>, KeysOf<wire.Receipt>>,
  true satisfies Readable<wire.WireResult & { fence: number }, Read<typeof requests.submitBody>>,
  true satisfies Same<KeysOf<Read<typeof requests.submitBody>>, KeysOf<wire.WireResult> | 'fence'>,
  true satisfies Same<KeysOf<Read<typeof requests.measurement>>, KeysOf<wire.Measurement>>,
  true satisfies Same<KeysOf<Read<typeof requests.impedance>>, KeysOf<wire.Impedance>>,
  true satisfies Same<KeysOf<Read<typeof requests.point>>, KeysOf<wire.SeriesPoint>>,
  true satisfies Same<KeysOf<Read<typeof requests.artifact>>, KeysOf<wire.NamedArtifact>>,
  true satisfies Readable<wire.Beat, Read<typeof requests.beat>>,
  true satisfies Same<KeysOf<Read<typeof requests.beat>>, KeysOf<wire.Beat>>,
];

describe('the client of stations', () => {
  it('knows the words of the document', () => {
    expect(typesAgree).not.toContain(false);
    expect(wire.commands).toEqual(requests.commands);
    expect(wire.dispositions).toEqual(requests.dispositions);
    expect(wire.outcomes).toEqual(outcomes);
  });
});
