import type { ProcessMetrics } from '@ionloop/telemetry';

export type LabVerb = 'register' | 'claim' | 'start' | 'heartbeat' | 'append' | 'submit';

/** What the server tells of the requests it answers. */
export class Metrics {
  private readonly requests;
  private readonly verbs;
  private readonly refusals;
  private readonly answers;

  constructor(readonly process: ProcessMetrics) {
    this.requests = process.histogram(
      'ionloop_http_request_duration_seconds',
      'How long requests took, by route; a long poll includes its wait.',
      { labels: ['method', 'route', 'status'], buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 30] },
    );
    this.verbs = process.counter(
      'ionloop_lab_requests_total',
      'What stations asked for, by verb and outcome: done, empty (a claim without work), or the code of the refusal.',
      ['verb', 'outcome'],
    );
    this.refusals = process.counter(
      'ionloop_refusals_total',
      'Requests that were refused or failed, by code; INTERNAL is trouble of our own.',
      ['code'],
    );
    this.answers = process.counter(
      'ionloop_graphql_answers_total',
      'Queries that were answered: made, or kept from one who asked the same at the same moment of the record.',
      ['from'],
    );
  }

  request(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status }, seconds);
  }

  refused(code: string): void {
    this.refusals.inc({ code });
  }

  answered(from: 'kept' | 'made'): void {
    this.answers.inc({ from });
  }

  /** Counts what a station asked for by what came of it. */
  async lab<T>(verb: LabVerb, ask: () => Promise<T>, outcomeOf: (answer: T) => string = done): Promise<T> {
    try {
      const answer = await ask();
      this.verbs.inc({ verb, outcome: outcomeOf(answer) });
      return answer;
    } catch (error) {
      this.verbs.inc({ verb, outcome: codeOf(error) });
      throw error;
    }
  }

  text(): Promise<string> {
    return this.process.text();
  }

  get contentType(): string {
    return this.process.contentType;
  }
}

const done = (): string => 'done';

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'INTERNAL';
