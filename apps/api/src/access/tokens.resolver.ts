import { invalidInput, type Token } from '@ionloop/domain';
import { type Engine, issueToken, issueTokenOnce, type NewToken, revokeToken } from '@ionloop/engine';
import { Inject } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Data } from '../graphql/data.js';
import { orUserErrors } from '../graphql/user-errors.js';
import { type ApiSettings, ENGINE, SETTINGS, WHOLE } from '../parts.js';
import { actorOf } from './actor.js';
import { Caller } from './caller.js';
import {
  CreateTokenInput,
  RevokeTokenInput,
  TokenPayload,
  TokenView,
  tokenView,
  ViewerView,
} from './token.view.js';

type Issued = Pick<TokenPayload, 'token' | 'secret'>;
const none: Issued = { token: null, secret: null };

@Resolver(() => TokenView)
export class TokensResolver {
  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(WHOLE) private readonly whole: Engine,
    @Inject(SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Query(() => ViewerView)
  viewer(@Caller() caller: Token): Data<ViewerView> {
    const { name, role, station, workspace, campaign, instance, expiresAt } = caller;
    return { name, role, station, workspace, campaign, instance, expiresAt };
  }

  @Query(() => [TokenView], { description: 'Of this workspace, without their secrets.' })
  async tokens(): Promise<readonly Data<TokenView>[]> {
    return (await this.engine.store.tokens.all()).map(tokenView);
  }

  @Mutation(() => TokenPayload)
  createToken(
    @Args('input', { type: () => CreateTokenInput }) input: CreateTokenInput,
    @Caller() caller: Token,
  ): Promise<Data<TokenPayload>> {
    return orUserErrors(none, async () => {
      const engine = await this.engineFor(input, caller);
      const [wanted, actor] = [this.wanted(input, caller), actorOf(caller)];
      const { idempotencyKey: key } = input;
      const { token, secret } =
        typeof key === 'string'
          ? await issueTokenOnce(engine, wanted, actor, key)
          : await issueToken(engine, wanted, actor);
      return { token: tokenView(token), secret };
    });
  }

  @Mutation(() => TokenPayload)
  revokeToken(
    @Args('input', { type: () => RevokeTokenInput }) { id }: RevokeTokenInput,
    @Caller() caller: Token,
  ): Promise<Data<TokenPayload>> {
    return orUserErrors(none, async () => ({
      token: tokenView(await revokeToken(this.engine, actorOf(caller), id)),
      secret: null,
    }));
  }

  /** Beyond one's own workspace only for who may, and for anybody else there is nothing beyond it. */
  private async engineFor(
    { workspace, instance, campaign }: CreateTokenInput,
    caller: Token,
  ): Promise<Engine> {
    if (instance === true && !caller.instance) {
      throw invalidInput('instance', 'only an admin of the whole instance makes another');
    }
    if (workspace == null || workspace === caller.workspace) return this.engine;
    const known = caller.instance ? await this.whole.store.workspaces.byId(workspace) : null;
    if (!known) throw invalidInput('workspace', `there is no workspace ${workspace}`);
    if (campaign != null) {
      throw invalidInput(
        'campaign',
        'a token for another workspace is bound to no campaign: ask an admin there',
      );
    }
    return this.whole;
  }

  private wanted(input: CreateTokenInput, caller: Token): NewToken {
    const { name, role, station, campaign, workspace, instance, days } = input;
    if (typeof days === 'number' && days < 1) {
      throw invalidInput('days', `days is ${days}; a token must be valid for at least one`);
    }
    return {
      ...{ name, role, days: days ?? this.settings.tokenDays, workspace: workspace ?? caller.workspace },
      instance: instance ?? false,
      ...(typeof station === 'string' && { station }),
      ...(typeof campaign === 'string' && { campaign }),
    };
  }
}
