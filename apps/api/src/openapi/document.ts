import { type Json, type JsonObject, labSchemaVersions } from '@ionloop/domain';
import { artifactRoutes } from '../artifacts/artifacts.routes.js';
import { accessTo } from '../access/operations.js';
import { type ProblemCode, problemTypes, problemUri } from '../http/problems.js';
import { type Answer, type Parameter, type Route, template } from '../http/route.js';
import type { JsonSchema, Naming } from '../http/schema.js';
import { dataRoutes } from '../data/data.routes.js';
import { labRoutes } from '../lab/lab.routes.js';
import { plainRoutes } from './plain.routes.js';

export const routes: readonly Route[] = [...labRoutes, ...artifactRoutes, ...dataRoutes, ...plainRoutes];

/** All that REST answers, as OpenAPI 3.1; the same text from the same code. */
export function openApiDocument(): JsonObject {
  const schemas = new Map<string, JsonSchema>([['Problem', problem]]);
  const naming: Naming = (name, describe) => {
    if (!schemas.has(name)) {
      schemas.set(name, {});
      schemas.set(name, describe());
    }
    return { $ref: `#/components/schemas/${name}` };
  };
  const paths = Object.fromEntries(
    [...new Set(routes.map(({ path }) => path))].map((path) => [template(path), pathItem(path, naming)]),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Ionloop: the lab protocol',
      version: '1',
      summary: 'How stations take work and hand in results.',
      description:
        'Six verbs over one record, artifacts beside them, and campaigns as files. Everything else of Ionloop is GraphQL. Members of requests that are not described here are refused by name; answers may grow members, which a client looks past.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The Ionloop that serves this document.' }],
    tags: [
      { name: 'lab', description: 'The six verbs of a station.' },
      { name: 'artifacts', description: 'Files by the hash of their bytes.' },
      { name: 'data', description: 'Campaigns as files.' },
      { name: 'access', description: 'Tokens.' },
      { name: 'operation', description: 'Health, metrics and what is written about this interface.' },
    ],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token of Ionloop.' },
      },
      examples: problemExamples(),
      schemas: Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))) as JsonObject,
    },
  };
}

export const documentText = (): string => `${JSON.stringify(openApiDocument(), null, 2)}\n`;

function pathItem(path: string, naming: Naming): JsonObject {
  const here = routes.filter((route) => route.path === path);
  return Object.fromEntries(
    here.flatMap((route): [string, Json][] => [
      [route.method.toLowerCase(), operation(route, naming)],
      ...(route.head === undefined ? [] : ([['head', headOf(route, naming)]] as [string, Json][])),
    ]),
  );
}

function operation(route: Route, naming: Naming): JsonObject {
  const { id, tag, summary, about, body } = route;
  const parameters = [
    ...(route.inPath ?? []).map((one) => parameter({ ...one, required: true }, 'path')),
    ...(route.inQuery ?? []).map((one) => parameter(one, 'query')),
    ...(route.headers ?? []).map((one) => parameter(one, 'header')),
  ];
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(about !== undefined && { description: about }),
    security: accessOf(route) === 'public' ? [] : [{ token: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && { requestBody: requestBody(body, naming) }),
    responses: responses(route, naming),
  };
}

/** The same without bodies. */
function headOf(route: Route, naming: Naming): JsonObject {
  const whole = operation(route, naming);
  const responses = Object.entries(whole['responses'] as Readonly<Record<string, JsonObject>>).map(
    ([status, answer]) => [status, without(answer, 'content', 'links')] as const,
  );
  return {
    ...without(whole, 'requestBody'),
    operationId: `${route.id}Headers`,
    summary: route.head ?? '',
    responses: Object.fromEntries(responses),
  };
}

const without = (object: JsonObject, ...names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

const accessOf = ({ method, path }: Route): string | undefined => accessTo(`${method} ${path}`);

const parameter = ({ name, about, required, schema, example }: Parameter, place: string): JsonObject =>
  ({
    name,
    in: place,
    description: about,
    required,
    schema,
    ...(example !== undefined && { example }),
  }) as JsonObject;

function requestBody(body: NonNullable<Route['body']>, naming: Naming): JsonObject {
  const content =
    body === 'bytes'
      ? { 'application/octet-stream': {}, '*/*': {} }
      : { 'application/json': { schema: body.json.describe(naming), example: body.example } };
  return { required: body !== 'bytes', content } as JsonObject;
}

function responses(route: Route, naming: Naming): JsonObject {
  const codes = problemsOf(route);
  const statuses = [...new Set(codes.map((code) => problemTypes[code].status))];
  const told: [string, Json][] = [
    ...Object.entries(route.answers).map(([status, one]): [string, Json] => [status, response(one, naming)]),
    ...statuses
      .filter((status) => !(status in route.answers))
      .map((status): [string, Json] => [
        String(status),
        refusal(codes.filter((code) => problemTypes[code].status === status)),
      ]),
  ];
  return Object.fromEntries(told.sort(([a], [b]) => Number(a) - Number(b)));
}

/** What any route of its kind may answer, and what this one does. */
export function problemsOf(route: Route): readonly ProblemCode[] {
  const secured = accessOf(route) !== 'public';
  const general: ProblemCode[] = [
    ...(route.inPath !== undefined || route.body !== undefined ? (['BAD_REQUEST'] as const) : []),
    ...(typeof route.body === 'object'
      ? (['INVALID_INPUT', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const)
      : []),
    // Also where none is needed: a token that is shown must be one, and trying tokens out has its rate.
    ...(['UNAUTHENTICATED', 'TOO_MANY_REQUESTS', 'UNAVAILABLE'] as const),
    ...(secured ? (['FORBIDDEN'] as const) : []),
    ...(['REQUEST_HEADER_FIELDS_TOO_LARGE', 'INTERNAL'] as const),
  ];
  return [...new Set([...general, ...(route.problems ?? [])])];
}

function response({ about, body, example, headers, links }: Answer, naming: Naming): JsonObject {
  const content =
    body === undefined
      ? undefined
      : 'mediaType' in body
        ? { [body.mediaType]: { schema: body.schema } }
        : {
            'application/json': { schema: body.describe(naming), ...(example !== undefined && { example }) },
          };
  return {
    description: about,
    ...(headers && {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, { about: description, schema }]) => [
          name,
          { description, schema },
        ]),
      ),
    }),
    ...(content && { content }),
    ...(links && { links }),
  } as JsonObject;
}

const retried: ReadonlySet<ProblemCode> = new Set([
  'IDEMPOTENCY_KEY_IN_FLIGHT',
  'TOO_MANY_REQUESTS',
  'UNAVAILABLE',
]);

function refusal(codes: readonly ProblemCode[]): JsonObject {
  const examples = codes.map((code) => [code, { $ref: `#/components/examples/${code}` }] as const);
  const headers = {
    ...(codes.some((code) => retried.has(code)) && {
      'Retry-After': { description: 'Seconds until it is worth asking again.', schema: { type: 'integer' } },
    }),
    ...(codes.includes('TOO_MANY_REQUESTS') && {
      RateLimit: {
        description: 'Whose bucket, how many more may come (r), and in how many seconds (t).',
        schema: { type: 'string' },
      },
    }),
    ...(codes.includes('UNAUTHENTICATED') && {
      'WWW-Authenticate': { description: 'Bearer.', schema: { type: 'string' } },
    }),
    ...(codes.includes('UPLOAD_OFFSET') && {
      'Upload-Offset': { description: 'Where to go on.', schema: { type: 'integer' } },
    }),
  };
  return {
    description: codes.map((code) => `\`${code}\`: ${problemTypes[code].advice}`).join(' '),
    ...(Object.keys(headers).length > 0 && { headers }),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            { type: 'object', properties: { code: { enum: codes } } },
          ],
        },
        examples: Object.fromEntries(examples),
      },
    },
  };
}

function problemExamples(): JsonObject {
  const codes = [...new Set(routes.flatMap(problemsOf))].sort();
  return Object.fromEntries(
    codes.map((code) => {
      const { status, title } = problemTypes[code];
      const supported = code === 'UNSUPPORTED_SCHEMA' ? { supported: { ...labSchemaVersions } } : {};
      const value = { type: problemUri(code), title, status, code, detail: `${title}.`, ...supported };
      return [code, { value }];
    }),
  );
}

const problem: JsonSchema = {
  type: 'object',
  description: 'RFC 9457.',
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'Where the problem is explained.' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    code: { type: 'string', description: 'What to decide by; it does not change.' },
    detail: { type: 'string', description: 'This very case, for people.' },
    field: { type: 'string', description: 'What of the request is wrong.' },
    supported: {
      type: 'object',
      description: 'Of UNSUPPORTED_SCHEMA: the versions that are spoken.',
      properties: { oldest: { type: 'integer' }, newest: { type: 'integer' } },
      required: ['oldest', 'newest'],
    },
  },
  required: ['type', 'title', 'status', 'code', 'detail'],
};
