import { invalidInput, notFound, type Token } from '@ionloop/domain';
import { type Engine, issueToken } from '@ionloop/engine';
import { Inject } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { orUserErrors } from '../graphql/user-errors.js';
import { type ApiSettings, ENGINE, SETTINGS } from '../parts.js';
import { Caller } from './caller.js';
import {
  CreateTokenInput,
  RevokeTokenInput,
  TokenPayload,
  TokenView,
  tokenView,
  ViewerView,
} from './token.view.js';
import type { Data } from '../graphql/data.js';

type Issued = Pick<TokenPayload, 'token' | 'secret'>;
const none: Issued = { token: null, secret: null };

@Resolver(() => TokenView)
export class TokensResolver {
  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Query(() => ViewerView)
  viewer(@Caller() { name, role, station }: Token): Data<ViewerView> {
    return { name, role, station };
  }

  @Mutation(() => TokenPayload)
  createToken(
    @Args('input', { type: () => CreateTokenInput }) { name, role, station, days }: CreateTokenInput,
  ): Promise<Data<TokenPayload>> {
    return orUserErrors(none, async () => {
      if (typeof days === 'number' && days < 1) {
        throw invalidInput('days', `days is ${days}; a token must be valid for at least one`);
      }
      const { token, secret } = await issueToken(this.engine, {
        name,
        role,
        days: days ?? this.settings.tokenDays,
        ...(typeof station === 'string' && { station }),
      });
      return { token: tokenView(token), secret };
    });
  }

  @Mutation(() => TokenPayload)
  revokeToken(
    @Args('input', { type: () => RevokeTokenInput }) { id }: RevokeTokenInput,
  ): Promise<Data<TokenPayload>> {
    const { tokens } = this.engine.store;
    const find = async (): Promise<Token> => {
      const token = (await tokens.all()).find((known) => known.id === id);
      if (!token) throw notFound('token', id);
      return token;
    };
    return orUserErrors(none, async () => {
      await find();
      await tokens.revoke(id);
      return { token: tokenView(await find()), secret: null };
    });
  }
}
