import { IonloopError } from '@ionloop/domain';
import {
  appendPartial,
  type Assignment,
  claim,
  type Engine,
  heartbeat,
  registerStation,
  startAttempt,
  type StationVoice,
  submit,
} from '@ionloop/engine';
import type { VirtualClock } from '../../apps/lab-sim/src/floor/clock.js';
import {
  appendBody,
  claimBody,
  heartbeatBody,
  registerBody,
  startBody,
  submitBody,
} from '../../apps/api/src/lab/requests.js';
import type { WaitingClaim } from '../../apps/api/src/lab/lab-verbs.js';
import { type ProblemCode, problemTypes } from '../../apps/api/src/http/problems.js';

/**
 * The lab protocol over an engine in this process: the API's readers and the engine's use cases, without a socket, so
 * that a clock that jumps can be the only one there is. A token is its station's name.
 */
export function engineFetch(engine: Engine, clock: VirtualClock): typeof fetch {
  return async (input, init = {}) => {
    try {
      const body: unknown = JSON.parse(init.body as string);
      return Response.json(await act(engine, clock, input as string, body, init.headers as Headers));
    } catch (error) {
      if (!(error instanceof IonloopError)) throw error;
      const { code, message: detail, field } = error;
      return Response.json({ code, detail, field }, { status: problemTypes[code as ProblemCode].status });
    }
  };
}

type Headers = Readonly<Record<string, string>>;

async function act(
  engine: Engine,
  clock: VirtualClock,
  url: string,
  body: unknown,
  headers: Headers,
): Promise<unknown> {
  const station = /^Bearer token of (.+)$/.exec(headers['authorization'] ?? '')?.[1];
  if (station === undefined) throw new IonloopError('UNAUTHENTICATED', 'the token is not valid');
  const voice = { station, bootId: headers['ionloop-boot'] ?? '' };
  const key = headers['idempotency-key'] ?? '';
  const [, attemptId = '', verb] = /\/lab\/v1\/(?:attempts\/([^/]+)\/)?([a-z]+)$/.exec(url) ?? [];
  switch (verb) {
    case 'register':
      return { stationId: (await registerStation(engine, registerBody.read(body, 'body'))).id };
    case 'claim':
      return {
        assignments: await waitForWork(engine, clock, voice, {
          idempotencyKey: key,
          ...claimBody.read(body, 'body'),
        }),
      };
    case 'start':
      return startAttempt(engine, voice, { attemptId, ...startBody.read(body, 'body') });
    case 'heartbeat':
      return { answers: await heartbeat(engine, voice, heartbeatBody.read(body, 'body').attempts) };
    case 'partials':
      return appendPartial(engine, voice, { attemptId, ...appendBody.read(body, 'body') });
    case 'submit':
      return submit(engine, voice, { attemptId, idempotencyKey: key, ...submitBody.read(body, 'body') });
    default:
      throw new IonloopError('NOT_FOUND', `there is no ${url}`);
  }
}

async function waitForWork(
  engine: Engine,
  clock: VirtualClock,
  voice: StationVoice,
  { idempotencyKey, max, wait }: WaitingClaim,
): Promise<readonly Assignment[]> {
  const found = await claim(engine, voice, { idempotencyKey, max });
  if (found.length > 0) return found;
  await new Promise<void>((resolve) => clock.after(wait * 1000, resolve));
  return claim(engine, voice, { idempotencyKey, max });
}
