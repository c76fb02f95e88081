import { exchangeBody, exchanged } from '../access/exchange.controller.js';
import { answer } from '../http/object-schema.js';
import type { Route } from '../http/route.js';
import { integer, jsonObject, named, oneOf, text } from '../http/schema.js';

const words = text({ max: 2000 });
const check = oneOf(['ok', 'down'] as const);
const readiness = named(
  'Readiness',
  answer({
    status: oneOf(['ready', 'unavailable', 'draining'] as const),
    checks: answer({ database: check, schema: check, jobs: check }),
  }),
);
const ok = { database: 'ok', schema: 'ok', jobs: 'ok' };

const about = { method: 'GET', tag: 'operation' } as const;

/** What needs no station: the exchange of a link’s token, health, and this document itself. */
export const plainRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/auth/exchange',
    id: 'exchangeToken',
    tag: 'access',
    summary: 'Changes the one-time token of a link for a session’s own',
    body: { json: exchangeBody, example: { token: 'the-token-of-the-link' } },
    answers: {
      200: {
        about: 'The session’s token, shown once.',
        body: exchanged,
        example: { secret: 'a-new-token', role: 'admin', expiresAt: '2026-12-21T12:00:00.000Z' },
      },
    },
    problems: ['UNAUTHENTICATED'],
  },
  {
    ...about,
    path: '/health/live',
    id: 'live',
    summary: 'Whether the server runs',
    answers: {
      200: {
        about: 'It does.',
        body: named('Liveness', answer({ status: oneOf(['live'] as const) })),
        example: { status: 'live' },
      },
    },
  },
  {
    ...about,
    path: '/health/ready',
    id: 'ready',
    summary: 'Whether the server can do its work',
    answers: {
      200: { about: 'It can.', body: readiness, example: { status: 'ready', checks: ok } },
      503: {
        about: 'Something that it needs is not there, or it has been told to end.',
        body: readiness,
        example: { status: 'unavailable', checks: { ...ok, database: 'down' } },
      },
    },
  },
  {
    ...about,
    path: '/metrics',
    id: 'metrics',
    summary: 'Numbers for Prometheus',
    answers: {
      200: {
        about: 'In the text format of Prometheus.',
        body: { mediaType: 'text/plain', schema: { type: 'string' } },
      },
    },
  },
  {
    ...about,
    path: '/lab/v1/openapi.json',
    id: 'openapi',
    summary: 'This document',
    answers: { 200: { about: 'OpenAPI 3.1.', body: jsonObject() } },
  },
  {
    ...about,
    path: '/problems/:code',
    id: 'problem',
    summary: 'What a problem means and what to do',
    inPath: [
      {
        name: 'code',
        about: 'As the member `code` of a problem has it.',
        schema: { type: 'string', minLength: 1 },
        example: 'IDEMPOTENCY_KEY_MISSING',
      },
    ],
    answers: {
      200: {
        about: 'It is known.',
        body: named(
          'ProblemType',
          answer({ code: words, status: integer({ min: 400, max: 599 }), title: words, advice: words }),
        ),
      },
    },
    problems: ['NOT_FOUND'],
  },
];
