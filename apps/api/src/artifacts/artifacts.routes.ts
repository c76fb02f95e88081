import { answer } from '../http/object-schema.js';
import type { Answer, Parameter, Route } from '../http/route.js';
import { boolean, integer, named, text } from '../http/schema.js';

const hash = '^[0-9a-f]{64}$';
const example = 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c';

const inPath = [
  {
    name: 'sha256',
    about: 'SHA-256 of the bytes, in lower-case hexadecimal digits.',
    schema: { type: 'string', pattern: hash },
    example,
  },
];

const uploaded = named(
  'Uploaded',
  answer({
    sha256: text({ max: 64, pattern: hash }),
    complete: boolean({ about: 'Whether all of it is here and has its hash.' }),
    bytes: integer({ min: 0, about: 'How many are here.' }),
  }),
);

const offset = {
  'Upload-Offset': { about: 'How many bytes are here: go on from there.', schema: { type: 'integer' } },
};
const etag = { ETag: { about: 'The hash, in quotes.', schema: { type: 'string' } } };
const location = { Location: { about: 'Where it can be fetched.', schema: { type: 'string' } } };

const put = (about: string, complete: boolean, headers: Answer['headers']): Answer => ({
  about,
  body: uploaded,
  example: { sha256: example, complete, bytes: complete ? 48_213 : 16_384 },
  ...(headers && { headers }),
});

const header = (name: string, about: string, schema: Parameter['schema']): Parameter => ({
  ...{ name, about, required: false, schema },
});

const bytes = { mediaType: '*/*', schema: {} };
const file: Route['answers'] = {
  200: { about: 'The file, as an attachment.', body: bytes, headers: etag },
  206: { about: 'The stretch that was asked for.', body: bytes, headers: etag },
  304: { about: 'It is the one that is known.' },
  416: { about: 'The stretch lies outside of it.' },
};

const fetched: readonly Parameter[] = [
  header('Range', 'One stretch, as bytes=FIRST-LAST.', { type: 'string' }),
  header('If-None-Match', 'The hash in quotes, where it is known already.', { type: 'string' }),
];

export const artifactRoutes: readonly Route[] = [
  {
    method: 'PUT',
    path: '/lab/v1/artifacts/:sha256',
    id: 'uploadArtifact',
    tag: 'artifacts',
    summary: 'Uploads a file, or a stretch of it, under its hash',
    about: 'The bytes as they are, of any type. An upload that was cut is gone on with where it ended.',
    inPath,
    headers: [
      header('Content-Range', 'bytes FIRST-LAST/TOTAL; bytes */TOTAL where all has arrived.', {
        type: 'string',
        pattern: '^bytes ([0-9]{1,15}-[0-9]{1,15}|\\*)/[0-9]{1,15}$',
      }),
    ],
    body: 'bytes',
    answers: {
      200: put('It was here already.', true, { ...offset, ...etag }),
      201: put('All of it is here, and has its hash.', true, { ...offset, ...etag, ...location }),
      202: put('Bytes are missing yet.', false, offset),
    },
    problems: ['INVALID_INPUT', 'UPLOAD_OFFSET', 'TOO_LARGE', 'CHECKSUM_MISMATCH', 'STORAGE_FULL'],
  },
  {
    method: 'GET',
    path: '/lab/v1/artifacts/:sha256',
    id: 'fetchArtifact',
    tag: 'artifacts',
    summary: 'Fetches a file',
    head: 'Whether it is here, and how much of this station’s upload is',
    inPath,
    headers: fetched,
    answers: file,
    problems: ['INVALID_INPUT', 'NOT_FOUND'],
  },
  {
    method: 'GET',
    path: '/artifacts/:sha256',
    id: 'downloadArtifact',
    tag: 'artifacts',
    summary: 'Fetches a file, for people',
    inPath,
    inQuery: [header('name', 'What to call it.', { type: 'string' })],
    headers: fetched,
    answers: file,
    problems: ['INVALID_INPUT', 'NOT_FOUND'],
  },
];
