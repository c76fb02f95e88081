import { IonloopError, type Role, roles } from '@ionloop/domain';
import { type Engine, exchangeOneTime } from '@ionloop/engine';
import { Body, Controller, Header, HttpCode, Inject, Post } from '@nestjs/common';
import { answer, object } from '../http/object-schema.js';
import { named, oneOf, text } from '../http/schema.js';
import { type ApiSettings, SETTINGS, WHOLE } from '../parts.js';

export const exchangeBody = named(
  'Exchange',
  object({ token: text({ max: 200, about: 'The one-time token of a printed link.' }) }),
);

export const exchanged = named(
  'Exchanged',
  answer({
    secret: text({ max: 200, about: 'The session’s token; it is not shown again.' }),
    role: oneOf(roles),
    expiresAt: text({ max: 40, blank: true, format: 'date-time' }),
  }),
);

/** The one-time token of a printed link for a session's own. */
@Controller('auth')
export class ExchangeController {
  constructor(
    @Inject(WHOLE) private readonly engine: Engine,
    @Inject(SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Post('exchange')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async exchange(@Body() body: unknown): Promise<{ secret: string; role: Role; expiresAt: string }> {
    const { token: oneTime } = exchangeBody.read(body, 'body');
    const session = await exchangeOneTime(this.engine, oneTime, this.settings.tokenDays);
    if (!session) {
      throw new IonloopError(
        'UNAUTHENTICATED',
        'this link was used before, or it has expired: ask for a new one',
      );
    }
    const { secret, token } = session;
    return { secret, role: token.role, expiresAt: token.expiresAt };
  }
}
