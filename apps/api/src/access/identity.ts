import type { Credential, Token } from '@ionloop/domain';
import type { Scope } from '@ionloop/engine';

/** Who is calling: what a token of ours says, or what is made of what an issuer of OpenID Connect says. */
export interface Identity extends Token {
  readonly via: Credential;
}

export const identityOf = (token: Token): Identity => ({ ...token, via: { kind: 'token', token: token.id } });

export const scopeOf = ({ workspace, campaign }: Token): Scope => ({ workspace, campaign });
