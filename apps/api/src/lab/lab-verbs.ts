import { IonloopError, type Token } from '@ionloop/domain';
import {
  appendPartial,
  type Assignment,
  type Beat,
  type BeatAnswer,
  claim,
  type Engine,
  heartbeat,
  type PartialRequest,
  registerStation,
  type StartRequest,
  startAttempt,
  type StationVoice,
  submit,
  type SubmitAnswer,
  type SubmitRequest,
} from '@ionloop/engine';
import type { Signals } from '../events/signals.js';
import type { Metrics } from '../health/metrics.js';
import type { RegisterRequest } from './requests.js';

export interface WaitingClaim {
  readonly idempotencyKey: string;
  readonly max: number;
  /** Seconds to wait for work where there is none. */
  readonly wait: number;
}

const tickMs = 1000;

/** The six verbs for a caller's token, the same for REST and GraphQL: a token speaks for its own station alone. */
export class LabVerbs {
  constructor(
    private readonly engine: Engine,
    private readonly signals: Signals,
    private readonly metrics: Pick<Metrics, 'lab'>,
  ) {}

  register(caller: Token, request: RegisterRequest): Promise<{ readonly stationId: string }> {
    return this.metrics.lab('register', () => this.registerOwn(caller, request));
  }

  private async registerOwn(
    caller: Token,
    request: RegisterRequest,
  ): Promise<{ readonly stationId: string }> {
    const own = stationOf(caller);
    if (request.station !== own) {
      throw new IonloopError(
        'FORBIDDEN',
        `this token speaks for station "${own}", not for "${request.station}"`,
        'station',
      );
    }
    const { id } = await registerStation(this.engine, request);
    return { stationId: id };
  }

  /** Asks again at every hint that a campaign has changed, and each second, until there is work or time is up. */
  async claim(
    caller: Token,
    bootId: string,
    { idempotencyKey, max, wait }: WaitingClaim,
    gone: AbortSignal,
  ): Promise<readonly Assignment[]> {
    const voice = voiceOf(caller, bootId);
    const deadline = performance.now() + wait * 1000;
    const watch = this.signals.watch(null);
    const again = async (): Promise<boolean> => {
      const left = deadline - performance.now();
      if (left <= 0) return false;
      await watch.next(Math.min(left, tickMs), gone);
      return !gone.aborted;
    };
    try {
      return await this.metrics.lab(
        'claim',
        () => claim(this.engine, voice, { idempotencyKey, max }, again),
        ({ length }) => (length === 0 ? 'empty' : 'done'),
      );
    } finally {
      watch.close();
    }
  }

  start(caller: Token, bootId: string, request: StartRequest): Promise<{ readonly attemptId: string }> {
    return this.metrics.lab('start', async () => startAttempt(this.engine, voiceOf(caller, bootId), request));
  }

  heartbeat(caller: Token, bootId: string, beats: readonly Beat[]): Promise<readonly BeatAnswer[]> {
    return this.metrics.lab('heartbeat', async () => heartbeat(this.engine, voiceOf(caller, bootId), beats));
  }

  append(caller: Token, bootId: string, request: PartialRequest): Promise<{ readonly stored: boolean }> {
    return this.metrics.lab('append', async () =>
      appendPartial(this.engine, voiceOf(caller, bootId), request),
    );
  }

  submit(caller: Token, bootId: string, request: SubmitRequest): Promise<SubmitAnswer> {
    return this.metrics.lab('submit', async () => submit(this.engine, voiceOf(caller, bootId), request));
  }
}

export function stationOf({ station }: Token): string {
  if (station === null) {
    throw new IonloopError(
      'INVALID_INPUT',
      'this token is bound to no station; the lab protocol needs one with the role lab that names its station',
    );
  }
  return station;
}

const voiceOf = (caller: Token, bootId: string): StationVoice => ({ station: stationOf(caller), bootId });
