import { committed, type Described } from '../../apps/api/test/support/described.js';
import { bombInABomb, gzipBomb, sha256, strangeBody, table } from './bodies.js';
import { brokenJson, brokenText } from './broken.js';
import type { Chance } from './chance.js';
import type { Known } from './known.js';
import { plausible, typeOfId } from './plausible.js';
import { drawWho, type FuzzRequest, jsonOf, wellFormed, type Who } from './requests.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

interface Place {
  readonly method: string;
  readonly path: string;
  readonly operation: Described;
}

export const places: readonly Place[] = Object.entries(committed.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => /^(get|head|put|post|delete|patch|options)$/.test(method))
    .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

/** A request to one of the described routes, as it should be or wrong somewhere. */
export function restRequest(chance: Chance, known: Known): FuzzRequest {
  const place = chance.one(places);
  const broken = chance.one([0, 0, 0.1, 0.3]);
  const content = contentOf(chance, known, place, broken);
  const parameters = place.operation.parameters ?? [];
  const given = parameters.filter(({ required }) =>
    required ? !chance.often(broken / 2) : chance.often(0.5),
  );
  const value = (name: string): string => parameterOf(chance, known, place, name, broken, content.body);
  const path = place.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => inPath(chance, value(name), broken));
  const query = given
    .filter((one) => one.in === 'query')
    .map(({ name }) => `${name}=${encodeURIComponent(wellFormed(value(name)))}`)
    .join('&');
  const headers = given
    .filter((one) => one.in === 'header')
    .map(({ name }) => [name.toLowerCase(), forHeader(value(name))] as const);
  return {
    who: place.path.startsWith('/lab') && chance.often(0.7) ? 'lab' : whoFor(chance),
    method: chance.often(0.04)
      ? chance.one(['DELETE', 'PATCH', 'OPTIONS', 'PUT', 'POST', 'GET', 'HEAD'])
      : place.method,
    path: query === '' ? path : `${path}?${query}`,
    headers: { ...Object.fromEntries(headers), ...content.headers },
    body: content.body,
  };
}

const whoFor = (chance: Chance): Who => drawWho(chance);

interface Content {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

const mediaTypes = [
  'application/json',
  'application/json; charset=utf-16',
  'application/json; charset=nothing',
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'application/octet-stream',
  '',
  ';;;',
];

function contentOf(chance: Chance, known: Known, { operation, path }: Place, broken: number): Content {
  const content = operation.requestBody?.content;
  if (!content)
    return chance.often(0.9) ? { headers: {}, body: null } : { headers: {}, body: Buffer.from('{}') };
  const json = content['application/json'];
  if (chance.often(broken / 2)) {
    const { body, encoding } = strangeBody(chance);
    const type = json ? chance.one(mediaTypes) : 'application/octet-stream';
    return {
      body,
      headers: { 'content-type': type, ...(encoding !== null && { 'content-encoding': encoding }) },
    };
  }
  if (!json) {
    const body = path.includes('history')
      ? table(chance)
      : chance.one([gzipBomb.subarray(0, 2000), bombInABomb, chance.bytes(chance.between(0, 400))]);
    return { body, headers: { 'content-type': 'application/octet-stream' } };
  }
  const value = example({ chance, known, broken }, json.schema ?? {}, 'body', 0);
  return {
    body: Buffer.from(jsonOf(value)),
    headers: { 'content-type': chance.often(broken / 3) ? chance.one(mediaTypes) : 'application/json' },
  };
}

interface Drawing {
  readonly chance: Chance;
  readonly known: Known;
  readonly broken: number;
}

function example(drawing: Drawing, schema: Schema, name: string, depth: number): unknown {
  const { chance, known, broken } = drawing;
  if (chance.often(broken)) return brokenJson(chance);
  if (schema.$ref !== undefined) return example(drawing, resolved(schema.$ref), name, depth);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return chance.one(schema.enum);
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return example(drawing, chance.one(options), name, depth + 1);
  if (schema.properties && depth < 8) {
    const wanted = Object.entries(schema.properties).filter(
      ([field]) => schema.required?.includes(field) === true || chance.often(0.4),
    );
    return Object.fromEntries(wanted.map(([field, of]) => [field, example(drawing, of, field, depth + 1)]));
  }
  const make = Object.hasOwn(plausible, name) ? plausible[name] : undefined;
  if (make && chance.often(0.9)) return make(chance, known);
  if (/Id$/.test(name)) return known.id(chance, typeOfId(name, ''));
  const type =
    typeof schema.type === 'string' ? schema.type : schema.type ? chance.one(schema.type) : undefined;
  switch (type) {
    case 'array':
      return Array.from({ length: chance.below(3) }, () =>
        example(drawing, schema.items ?? {}, name, depth + 1),
      );
    case 'integer':
      return chance.between(0, 5);
    case 'number':
      return chance.one([0, 0.5, 1, 25, 1e-4]);
    case 'boolean':
      return chance.often(0.5);
    case 'null':
      return null;
    case 'object':
      return chance.often(0.5) ? {} : { a: 1 };
    default:
      return chance.often(0.7) ? 'fuzz' : brokenText(chance);
  }
}

const resolved = (ref: string): Schema => committed.components.schemas[ref.split('/').at(-1) ?? ''] ?? {};

function parameterOf(
  chance: Chance,
  known: Known,
  { path }: Place,
  name: string,
  broken: number,
  body: Buffer | null,
): string {
  if (chance.often(broken)) return brokenText(chance);
  switch (name) {
    case 'id':
      return known.id(chance, path.includes('campaigns') ? 'Campaign' : null);
    case 'sha256':
      return body !== null && chance.often(0.7) ? sha256(body) : known.id(chance, 'sha256');
    case 'Ionloop-Boot':
      return `boot-${chance.below(2)}`;
    case 'Idempotency-Key':
      return `key-${chance.below(500)}`;
    case 'Range':
      return chance.one([
        'bytes=0-1',
        'bytes=-1',
        'bytes=5-',
        'bytes=9-2',
        'bytes=0-0,2-3',
        'lines=1-2',
        'bytes=a-b',
        'bytes=99999999999999999999-',
      ]);
    case 'Content-Range': {
      const length = body?.length ?? 0;
      return chance.one([
        `bytes 0-${length - 1}/${length}`,
        `bytes 0-${length - 1}/${length + 10}`,
        'bytes 5-9/10',
        'bytes */10',
        'bytes 0-99999999999999999999/99999999999999999999',
        'bytes 10-1/5',
        'nonsense',
      ]);
    }
    case 'If-None-Match':
      return chance.one(['*', '"abc"', 'W/"x"', known.id(chance, 'sha256')]);
    case 'format':
      return chance.one(['csv', 'jsonld', 'bundle', 'xml']);
    case 'map':
      return chance.one([
        '{"T":"temperature [K]"}',
        '{"T":1}',
        '[',
        '{"__proto__":"density"}',
        jsonOf(brokenJson(chance)),
      ]);
    case 'delimiter':
      return chance.one([',', ';', '\t', '||', '"', '\n']);
    case 'decimal':
      return chance.one(['point', 'comma', 'none']);
    case 'encoding':
      return chance.one(['utf-8', 'utf-16le', 'windows-1252', 'latin9', 'base64']);
    case 'code':
      return chance.one(['NOT_FOUND', 'INTERNAL', 'nothing']);
    case 'attemptId':
      return known.id(chance, 'Attempt');
    default:
      return chance.one(['1', '1', '0', 'fuzz']);
  }
}

/** Mostly as it belongs there, at times as it came. */
function inPath(chance: Chance, value: string, broken: number): string {
  if (chance.often(broken / 2)) {
    return chance.one([
      '%00',
      '%',
      '%zz',
      '..%2f..%2fetc%2fpasswd',
      '%ff%fe',
      'a/b',
      '',
      ' '.replace(' ', '%20'),
      '%F0%9F%99%82',
      'x'.repeat(7000),
    ]);
  }
  return encodeURIComponent(wellFormed(value.slice(0, 3000)));
}

/** What Node's own parser would refuse before it left us is left out. */
const forHeader = (text: string): string => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '').slice(0, 4000);
