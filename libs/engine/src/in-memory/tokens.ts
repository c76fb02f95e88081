import { defaultWorkspace, notFound, type Token } from '@ionloop/domain';
import type { AskedUnder, MadeUnder } from '../made-under.js';
import type { NewTokenRow, TokenStore } from '../ports.js';

export class InMemoryTokens implements TokenStore {
  private readonly tokens = new Map<string, Token>();
  private readonly asked = new Map<string, { readonly id: string; readonly requestHash: string }>();

  constructor(private readonly clock: () => Date) {}

  add(token: NewTokenRow, lifetimeSeconds: number): Promise<Token> {
    const now = this.clock();
    const added: Token = {
      workspace: defaultWorkspace,
      campaign: null,
      instance: false,
      ...token,
      createdAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + lifetimeSeconds * 1000).toISOString(),
      revokedAt: null,
    };
    this.tokens.set(added.id, added);
    return Promise.resolve(added);
  }

  async addUnder(asked: AskedUnder, token: NewTokenRow, lifetimeSeconds: number): Promise<MadeUnder<Token>> {
    const earlier = this.found(asked.key);
    if (earlier) return earlier;
    this.asked.set(asked.key, { id: token.id, requestHash: asked.requestHash });
    return { made: await this.add(token, lifetimeSeconds), requestHash: asked.requestHash };
  }

  under(key: string): Promise<MadeUnder<Token> | null> {
    return Promise.resolve(this.found(key));
  }

  valid(hash: string): Promise<Token | null> {
    return Promise.resolve(this.find(hash));
  }

  redeem(hash: string): Promise<Token | null> {
    const token = this.find(hash);
    if (!token?.oneTime) return Promise.resolve(null);
    this.tokens.set(token.id, { ...token, revokedAt: this.clock().toISOString() });
    return Promise.resolve(token);
  }

  all(workspace?: string): Promise<readonly Token[]> {
    const all = [...this.tokens.values()];
    return Promise.resolve(
      workspace === undefined ? all : all.filter((token) => token.workspace === workspace),
    );
  }

  revoke(id: string): Promise<void> {
    const token = this.tokens.get(id);
    if (!token) throw notFound('token', id);
    this.tokens.set(id, { ...token, revokedAt: this.clock().toISOString() });
    return Promise.resolve();
  }

  private found(key: string): MadeUnder<Token> | null {
    const asked = this.asked.get(key);
    const made = asked && this.tokens.get(asked.id);
    return made ? { made, requestHash: asked.requestHash } : null;
  }

  private find(hash: string): Token | null {
    const token = [...this.tokens.values()].find((candidate) => candidate.hash === hash);
    const alive = token?.revokedAt === null && new Date(token.expiresAt) > this.clock();
    return alive ? token : null;
  }
}
