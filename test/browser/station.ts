import type { RunningIonloop } from '../support/running.js';

export interface Assignment {
  readonly attemptId: string;
  readonly experimentNumber: number;
  readonly fence: number;
  readonly specHash: string;
}

/** A station that does what a test tells it, by the lab’s own verbs. */
export class Station {
  private claims = 0;

  private constructor(
    private readonly running: RunningIonloop,
    private readonly secret: string,
  ) {}

  static async signedOn(running: RunningIonloop, name: string): Promise<Station> {
    const { createToken } = await running.query<{ createToken: { secret: string } }>(
      'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
      { input: { name, role: 'lab', station: name } },
    );
    const station = new Station(running, createToken.secret);
    await station.verb('labRegister', 'stationId', { station: name, properties: ['ionic_conductivity'] });
    return station;
  }

  async claim(count: number): Promise<readonly Assignment[]> {
    const found: Assignment[] = [];
    for (let tries = 0; found.length < count && tries < 100; tries += 1) {
      this.claims += 1;
      const { assignments } = await this.verb<{ assignments: readonly Assignment[] }>(
        'labClaim',
        'assignments { attemptId experimentNumber fence specHash }',
        { max: count - found.length, wait: 1, idempotencyKey: `claim-${this.claims}` },
      );
      found.push(...assignments);
    }
    return found;
  }

  async begin({ attemptId, fence, specHash }: Assignment): Promise<void> {
    await this.verb('labStart', 'attemptId', { attemptId, fence, specHash });
  }

  async fail({ attemptId, fence, specHash }: Assignment, note: string): Promise<void> {
    const idempotencyKey = `failed-${attemptId}`;
    await this.verb('labSubmit', 'disposition', {
      ...{ attemptId, fence, specHash, note, idempotencyKey, outcome: 'failed_sample' },
    });
  }

  private async verb<T>(name: string, fields: string, input: object): Promise<T> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const response = await fetch(`${this.running.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.secret}` },
      body: JSON.stringify({
        query: `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { message } } }`,
        variables: { input: { ...input, bootId: 'boot-1' } },
      }),
      signal: AbortSignal.timeout(60_000),
    });
    const { data, errors } = (await response.json()) as {
      data?: Readonly<Record<string, { userErrors: readonly unknown[] }>>;
      errors?: unknown;
    };
    const payload = data?.[name];
    if (errors || !payload || payload.userErrors.length > 0) {
      throw new Error(`${name}: ${JSON.stringify(errors ?? payload)}`);
    }
    return payload as T;
  }
}
