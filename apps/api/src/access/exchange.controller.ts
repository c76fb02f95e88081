import { IonloopError, type Role } from '@ionloop/domain';
import { type Engine, exchangeOneTime } from '@ionloop/engine';
import { Body, Controller, Header, HttpCode, Inject, Post } from '@nestjs/common';
import { objectAt, textAt } from '../http/read-body.js';
import { type ApiSettings, ENGINE, SETTINGS } from '../parts.js';

/** The one-time token of a printed link for a session's own. */
@Controller('auth')
export class ExchangeController {
  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Post('exchange')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async exchange(@Body() body: unknown): Promise<{ secret: string; role: Role; expiresAt: string }> {
    const oneTime = textAt(objectAt(body, 'body', ['token'])['token'], 'token', { max: 200 });
    const exchanged = await exchangeOneTime(this.engine, oneTime, this.settings.tokenDays);
    if (!exchanged) {
      throw new IonloopError(
        'UNAUTHENTICATED',
        'this link was used before, or it has expired: ask for a new one',
      );
    }
    const { secret, token } = exchanged;
    return { secret, role: token.role, expiresAt: token.expiresAt };
  }
}
