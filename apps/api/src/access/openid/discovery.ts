import type { JSONWebKeySet } from 'jose';

export interface IssuerPlace {
  readonly issuer: string;
  /** Where the issuer's keys are, if its discovery is not to be asked. */
  readonly keys: string | undefined;
}

const patienceMs = 5000;
const mostCharacters = 1_000_000;

/** The issuer's public keys, from where its discovery says that they are. */
export async function keysOf({ issuer, keys }: IssuerPlace): Promise<JSONWebKeySet> {
  const set = await read(keys ?? (await addressOfKeys(issuer)));
  if (!('keys' in set) || !Array.isArray(set.keys)) throw new Error('the issuer’s keys are no set of keys');
  return { keys: set.keys as JSONWebKeySet['keys'] };
}

async function addressOfKeys(issuer: string): Promise<string> {
  const told = await read(`${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`);
  const { issuer: named, jwks_uri: keys } = told as {
    readonly issuer?: unknown;
    readonly jwks_uri?: unknown;
  };
  if (named !== issuer) {
    throw new Error(`discovery at ${issuer} speaks for another issuer: ${String(named).slice(0, 200)}`);
  }
  if (typeof keys !== 'string' || !URL.canParse(keys))
    throw new Error(`discovery at ${issuer} names no keys`);
  // Keys are believed from a place that is as hard to imitate as the issuer itself.
  if (new URL(issuer).protocol === 'https:' && new URL(keys).protocol !== 'https:') {
    throw new Error(`discovery at ${issuer} names keys that are not at https://`);
  }
  return keys;
}

async function read(address: string): Promise<object> {
  const response = await fetch(address, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  if (text.length > mostCharacters) throw new Error(`${address} answers ${text.length} characters`);
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new Error(`${address} answers no JSON object`);
  return value;
}
