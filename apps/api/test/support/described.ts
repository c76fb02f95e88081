import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export interface Described {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: 'path' | 'query' | 'header';
    readonly required: boolean;
    readonly schema: object;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: object }>> };
  readonly responses: Readonly<Record<string, DescribedAnswer>>;
}

interface DescribedAnswer {
  readonly content?: Readonly<Record<string, Media>>;
  readonly headers?: Readonly<Record<string, object>>;
}

interface Media {
  readonly schema?: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
  };
}

export const committedFile = resolve(__dirname, '../../../../docs/openapi.json');
export const committed = JSON.parse(readFileSync(committedFile, 'utf8')) as Document;

// Of JSON Schema 2020-12 the document uses only what draft 7 has, with the same meaning.
const ajv = new Ajv({ unknownFormats: ['date-time', 'uri-reference'], allErrors: true, logger: false });
ajv.addSchema({ $id: 'openapi', ...committed });

/** What is wrong with a value by a schema of the document; empty where nothing is. */
export function faultsOf(schema: object, value: unknown): string {
  const text = JSON.stringify(schema).replaceAll('"#/', '"openapi#/');
  return ajv.validate(JSON.parse(text) as object, value) === true ? '' : ajv.errorsText();
}

interface Answered {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const places = Object.entries(committed.paths).map(([path, item]) => ({
  item,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`, 'i'),
}));

/** Which statuses of which operations were seen, over a test file. */
export const seen = new Map<string, Set<number>>();

/** What an answer has that the document has not; empty where it keeps to it. */
export function contradiction({ method, path, status, headers, text }: Answered): string {
  const mediaType = headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  const place = places.find(({ pattern }) => pattern.test(path.split('?')[0] ?? ''));
  const operation = place?.item[method.toLowerCase()];
  if (!place || !operation) {
    const ours = /^\/(lab|auth|health|metrics|artifacts|problems)\b/.test(path);
    return ours && ![204, 404, 405].includes(status) ? `${method} ${path} is not described: ${status}` : '';
  }
  const name = operation.operationId;
  seen.set(name, (seen.get(name) ?? new Set()).add(status));
  const told = operation.responses[status];
  if (!told) return `${name} answered ${status}, which is not described: ${text.slice(0, 300)}`;
  const missing = Object.keys(told.headers ?? {}).filter(
    (header) => required.has(header) && !headers.has(header),
  );
  if (missing.length > 0 && status !== 409) return `${name} ${status} lacks the header ${missing.join(', ')}`;
  if (!told.content) return text === '' ? '' : `${name} ${status} has a body, which is not described`;
  const media = told.content[mediaType] ?? told.content['*/*'];
  if (!media) return `${name} ${status} is ${mediaType}, which is not described`;
  if (!media.schema || !mediaType.endsWith('json')) return '';
  const faults = faultsOf(media.schema, JSON.parse(text));
  return faults === '' ? '' : `${name} ${status}: ${faults} in ${text.slice(0, 300)}`;
}

const required = new Set(['WWW-Authenticate', 'ETag']);
