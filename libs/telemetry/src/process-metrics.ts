import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface PoolFigures {
  readonly busy: number;
  readonly idle: number;
  /** Those who wait for a connection. */
  readonly waiting: number;
  readonly most: number;
}

/** What every process of ours tells of itself: Node's own numbers, its database connections, whether it is ending. */
export class ProcessMetrics {
  readonly registry = new Registry();
  readonly contentType = this.registry.contentType;
  private readonly looks: (() => void | Promise<void>)[] = [];
  private readonly statements = this.histogram(
    'ionloop_database_statement_seconds',
    'From sending a statement to its answer, by outcome.',
    { labels: ['outcome'], buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10] },
  );
  private readonly transactions = this.histogram(
    'ionloop_transaction_seconds',
    'Changes of a campaign, from asking for them to their commit, retries included, by outcome.',
    { labels: ['outcome'], buckets: [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30] },
  );
  private readonly draining = this.gauge(
    'ionloop_draining',
    '1 while the process ends what it has begun and takes nothing new.',
  );
  private readonly mishaps = this.counter(
    'ionloop_unexpected_errors_total',
    'Errors that nobody handled; each is in the log.',
  );

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    this.draining.set(0);
  }

  statement(seconds: number, failed: boolean): void {
    this.statements.observe({ outcome: outcomeOf(failed) }, seconds);
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    let failed = true;
    try {
      const result = await work();
      failed = false;
      return result;
    } finally {
      const seconds = (performance.now() - startedAt) / 1000;
      this.transactions.observe({ outcome: outcomeOf(failed) }, seconds);
    }
  }

  /** Asked at each scrape. */
  watchPool(pool: () => PoolFigures): void {
    const help = 'Connections to the record by state; waiting counts those who want one.';
    const connections = this.gauge('ionloop_database_connections', help, ['state']);
    const most = this.gauge('ionloop_database_connections_max', 'Connections that may be open.');
    this.atScrape(() => {
      const { busy, idle, waiting, most: limit } = pool();
      connections.set({ state: 'busy' }, busy);
      connections.set({ state: 'idle' }, idle);
      connections.set({ state: 'waiting' }, waiting);
      most.set(limit);
    });
  }

  drain(): void {
    this.draining.set(1);
  }

  mishap(): void {
    this.mishaps.inc();
  }

  /** Done at each scrape before anything is written; it must not fail. */
  atScrape(look: () => void | Promise<void>): void {
    this.looks.push(look);
  }

  async text(): Promise<string> {
    await Promise.all(this.looks.map(async (look) => look()));
    return this.registry.metrics();
  }

  gauge<Label extends string = never>(
    name: string,
    help: string,
    labels: readonly Label[] = [],
  ): Gauge<Label> {
    return new Gauge<Label>({ name, help, labelNames: [...labels], registers: [this.registry] });
  }

  counter<Label extends string = never>(
    name: string,
    help: string,
    labels: readonly Label[] = [],
  ): Counter<Label> {
    return new Counter<Label>({ name, help, labelNames: [...labels], registers: [this.registry] });
  }

  histogram<Label extends string = never>(
    name: string,
    help: string,
    { labels = [], buckets }: { readonly labels?: readonly Label[]; readonly buckets: readonly number[] },
  ): Histogram<Label> {
    return new Histogram<Label>({
      name,
      help,
      labelNames: [...labels],
      buckets: [...buckets],
      registers: [this.registry],
    });
  }
}

const outcomeOf = (failed: boolean): string => (failed ? 'failed' : 'done');
