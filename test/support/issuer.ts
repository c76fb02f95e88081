import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { createHmac, type KeyObject, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Algorithm = 'RS256' | 'ES256' | 'PS256' | 'EdDSA';

interface Pair {
  readonly kid: string;
  readonly algorithm: Algorithm;
  readonly secret: CryptoKey | KeyObject;
  readonly open: JWK;
}

/** An issuer of OpenID Connect as far as discovery, keys and signed tokens go: real keys over real HTTP. */
export class TestIssuer {
  readonly audience = 'ionloop-test';
  /** How often its keys were asked for. */
  asked = 0;
  /** Who it says that it is in its discovery; itself unless told. */
  claims: string | null = null;
  private pairs: readonly Pair[] = [];
  private server: Server | null = null;
  private port = 0;

  static async open(algorithm: Algorithm = 'RS256'): Promise<TestIssuer> {
    const issuer = new TestIssuer();
    await issuer.rotate(algorithm);
    await issuer.start();
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/realm`;
  }

  /** What the server is told of it. */
  get settings(): { readonly oidcIssuer: string; readonly oidcAudience: string } {
    return { oidcIssuer: this.url, oidcAudience: this.audience };
  }

  /** A new key, and the ones before are gone from its set. */
  async rotate(algorithm: Algorithm = 'RS256'): Promise<void> {
    this.pairs = [await newPair(algorithm)];
  }

  /** Valid for ten minutes and signed with its key, but for what is told otherwise; undefined leaves a claim out. */
  async token(claims: Readonly<Record<string, unknown>> = {}, kid?: string): Promise<string> {
    const [pair] = this.pairs;
    if (!pair) throw new Error('the issuer has no key');
    return signed(pair, this.claimsWith(claims), kid ?? pair.kid);
  }

  claimsWith(claims: Readonly<Record<string, unknown>>): JWTPayload {
    const now = nowSeconds();
    const usual = { iss: this.url, aud: this.audience, sub: 'ada', name: 'Ada Lovelace' };
    const all: JWTPayload = { ...usual, iat: now, exp: now + 600, roles: ['ionloop-planner'], ...claims };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  }

  /** Of somebody else's key under the name of its own. */
  async forged(claims: Readonly<Record<string, unknown>> = {}): Promise<string> {
    return signed(await newPair('RS256'), this.claimsWith(claims), this.pairs[0]?.kid ?? '');
  }

  /** Not signed at all, and saying so. */
  unsigned(claims: Readonly<Record<string, unknown>> = {}): string {
    return `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(this.claimsWith(claims))}.`;
  }

  /** Signed by HMAC with the public key as if it were a secret, in each form that somebody might take it in. */
  confused(claims: Readonly<Record<string, unknown>> = {}): readonly string[] {
    const [pair] = this.pairs;
    if (!pair) throw new Error('the issuer has no key');
    const head = `${encoded({ alg: 'HS256', kid: pair.kid })}.${encoded(this.claimsWith(claims))}`;
    return [JSON.stringify(pair.open), String(pair.open.n)].map(
      (secret) => `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`,
    );
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      const answers: Readonly<Record<string, () => object>> = {
        '/realm/.well-known/openid-configuration': () => ({
          issuer: this.claims ?? this.url,
          jwks_uri: `${this.url}/keys`,
        }),
        '/realm/keys': () => {
          this.asked += 1;
          return { keys: this.pairs.map(({ open }) => open) };
        },
      };
      const answer = answers[request.url ?? ''];
      response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json', connection: 'close' });
      response.end(JSON.stringify(answer?.() ?? {}));
    });
    await new Promise<void>((ready) => void server.listen(this.port, '127.0.0.1', ready));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Goes down; `start` has it back in its place. */
  async stop(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (!server) return;
    server.closeAllConnections();
    await new Promise<void>((closed) => void server.close(() => closed()));
  }
}

async function newPair(algorithm: Algorithm): Promise<Pair> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const kid = randomUUID();
  const open = { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' };
  return { kid, algorithm, secret: privateKey, open };
}

const signed = ({ algorithm, secret }: Pair, claims: JWTPayload, kid: string): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid, typ: 'at+jwt' }).sign(secret);

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export const nowSeconds = (): number => Math.floor(new Date().getTime() / 1000);
