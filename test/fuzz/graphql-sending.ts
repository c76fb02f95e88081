import { brokenJson } from './broken.js';
import { strangeBody } from './bodies.js';
import type { Chance } from './chance.js';
import { graphqlBody } from './graphql-requests.js';
import type { Known } from './known.js';
import { drawWho, type FuzzRequest, jsonOf, wellFormed } from './requests.js';

const json = { 'content-type': 'application/json' };

/** An operation on its way: mostly as it should be sent, at times by GET, as a batch, packed, or as something else. */
export function graphqlRequest(chance: Chance, known: Known): FuzzRequest {
  const post = {
    who: drawWho(chance),
    method: 'POST',
    path: '/graphql',
    headers: json as Readonly<Record<string, string>>,
  };
  const body = graphqlBody(chance, known);
  const text = JSON.stringify(body);
  switch (chance.below(30)) {
    case 0:
      return { ...post, body: Buffer.from(JSON.stringify([body, graphqlBody(chance, known)])) };
    case 1: {
      const search = Object.entries(body)
        .map(([name, value]) => {
          const shown = typeof value === 'string' ? value : jsonOf(value);
          return `${name}=${encodeURIComponent(wellFormed(shown.slice(0, 4000)))}`;
        })
        .join('&');
      return {
        ...post,
        method: 'GET',
        path: `/graphql?${search}`,
        headers: { 'apollo-require-preflight': 'yes' },
        body: null,
      };
    }
    case 2: {
      const { body: strange, encoding } = strangeBody(chance);
      return {
        ...post,
        headers: { ...json, ...(encoding !== null && { 'content-encoding': encoding }) },
        body: strange,
      };
    }
    case 3:
      return {
        ...post,
        headers: {
          'content-type': chance.one([
            'text/plain',
            'application/graphql',
            'multipart/form-data; boundary=x',
            'application/json; charset=x',
          ]),
        },
        body: Buffer.from(text),
      };
    case 4:
      return { ...post, body: Buffer.from(jsonOf(brokenJson(chance))) };
    case 5:
      return {
        ...post,
        headers: {
          ...json,
          accept: chance.one([
            'text/html',
            'multipart/mixed',
            'application/graphql-response+json',
            'nothing/at-all',
            '*/*;q=0',
          ]),
        },
        body: Buffer.from(text),
      };
    default:
      return { ...post, body: Buffer.from(text) };
  }
}
