import type { Token } from '@ionloop/domain';
import type { Assignment, BeatAnswer, SubmitAnswer } from '@ionloop/engine';
import { Body, Controller, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { Caller } from '../access/caller.js';
import { goneOf } from '../http/gone.js';
import { ENDING } from '../parts.js';
import { LabVerbs } from './lab-verbs.js';
import { bootIn, keyIn } from './headers.js';
import {
  appendBody,
  attemptId,
  claimBody,
  heartbeatBody,
  registerBody,
  startBody,
  submitBody,
} from './requests.js';

/** The lab protocol as REST: docs/lab-wire.md. */
@Controller('lab/v1')
export class LabController {
  constructor(
    @Inject(LabVerbs) private readonly verbs: LabVerbs,
    @Inject(ENDING) private readonly ending: AbortSignal,
  ) {}

  @Post('register')
  @HttpCode(200)
  register(@Body() body: unknown, @Caller() caller: Token): Promise<{ readonly stationId: string }> {
    return this.verbs.register(caller, registerBody.read(body, 'body'));
  }

  @Post('claim')
  @HttpCode(200)
  async claim(
    @Body() body: unknown,
    @Headers() headers: IncomingHttpHeaders,
    @Caller() caller: Token,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<{ readonly assignments: readonly Assignment[] }> {
    const request = { ...claimBody.read(body, 'body'), idempotencyKey: keyIn(headers) };
    const gone = goneOf(response, this.ending);
    return { assignments: await this.verbs.claim(caller, bootIn(headers), request, gone) };
  }

  @Post('attempts/:attemptId/start')
  @HttpCode(200)
  start(
    @Param('attemptId') attemptId: string,
    @Body() body: unknown,
    @Headers() headers: IncomingHttpHeaders,
    @Caller() caller: Token,
  ): Promise<{ readonly attemptId: string }> {
    return this.verbs.start(caller, bootIn(headers), {
      attemptId: ofAttempt(attemptId),
      ...startBody.read(body, 'body'),
    });
  }

  @Post('heartbeat')
  @HttpCode(200)
  async heartbeat(
    @Body() body: unknown,
    @Headers() headers: IncomingHttpHeaders,
    @Caller() caller: Token,
  ): Promise<{ readonly answers: readonly BeatAnswer[] }> {
    const { attempts } = heartbeatBody.read(body, 'body');
    return { answers: await this.verbs.heartbeat(caller, bootIn(headers), attempts) };
  }

  @Post('attempts/:attemptId/partials')
  @HttpCode(200)
  append(
    @Param('attemptId') attemptId: string,
    @Body() body: unknown,
    @Headers() headers: IncomingHttpHeaders,
    @Caller() caller: Token,
  ): Promise<{ readonly stored: boolean }> {
    return this.verbs.append(caller, bootIn(headers), {
      attemptId: ofAttempt(attemptId),
      ...appendBody.read(body, 'body'),
    });
  }

  @Post('attempts/:attemptId/submit')
  @HttpCode(200)
  submit(
    @Param('attemptId') attemptId: string,
    @Body() body: unknown,
    @Headers() headers: IncomingHttpHeaders,
    @Caller() caller: Token,
  ): Promise<SubmitAnswer> {
    const request = submitBody.read(body, 'body');
    const named = { attemptId: ofAttempt(attemptId), idempotencyKey: keyIn(headers) };
    return this.verbs.submit(caller, bootIn(headers), { ...named, ...request });
  }
}

const ofAttempt = (parameter: string): string => attemptId.read(parameter, 'attemptId');
