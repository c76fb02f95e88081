import type { ProcessMetrics } from '@ionloop/telemetry';
import type { Thought } from './compute/thought.js';

const buckets = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300] as const;

export interface Watched {
  readonly threads: number;
  /** Hints of this process that did not reach the queue. */
  readonly lostWakeUps: () => number;
}

/** What a worker tells of its work. */
export class WorkerMetrics {
  private readonly jobs;
  private readonly waits;
  private readonly fits;
  private readonly proposals;
  private readonly plans;
  private readonly underWay;

  constructor(private readonly process: ProcessMetrics) {
    this.jobs = process.histogram('ionloop_job_seconds', 'How long jobs took, by kind and outcome.', {
      labels: ['job', 'outcome'],
      buckets,
    });
    this.waits = process.histogram(
      'ionloop_job_wait_seconds',
      'How long jobs stood in their queue, by kind.',
      { labels: ['job'], buckets },
    );
    this.fits = process.histogram('ionloop_fit_seconds', 'How long fitting for a plan took, by strategy.', {
      labels: ['strategy'],
      buckets,
    });
    this.proposals = process.histogram(
      'ionloop_proposal_seconds',
      'How long choosing experiments took once models were fitted, by strategy.',
      { labels: ['strategy'], buckets },
    );
    this.plans = process.counter('ionloop_plans_total', 'Plans thought, by strategy and outcome.', [
      'strategy',
      'outcome',
    ]);
    this.underWay = process.gauge(
      'ionloop_plans_under_way',
      'Plans that are thought or wait for a thread just now.',
    );
    this.underWay.set(0);
  }

  watch({ threads, lostWakeUps }: Watched): void {
    this.process.gauge('ionloop_compute_threads', 'Threads that this worker computes in.').set(threads);
    const lost = this.process.gauge(
      'ionloop_wake_ups_lost',
      'Hints of this process that did not reach the queue since it started.',
    );
    this.process.atScrape(() => lost.set(lostWakeUps()));
  }

  async job<T>(name: string, waitedSeconds: number, work: () => Promise<T>): Promise<T> {
    this.waits.observe({ job: name }, waitedSeconds);
    const startedAt = performance.now();
    let outcome = 'failed';
    try {
      const result = await work();
      outcome = 'done';
      return result;
    } finally {
      this.jobs.observe({ job: name, outcome }, (performance.now() - startedAt) / 1000);
    }
  }

  async plan(strategy: string, work: () => Promise<Thought>): Promise<Thought> {
    this.underWay.inc();
    let outcome = 'failed';
    try {
      const thought = await work();
      outcome = 'done';
      for (const { phase, from, to } of thought.phases) {
        const histogram = phase === 'fit' ? this.fits : this.proposals;
        histogram.observe({ strategy }, (to - from) / 1000);
      }
      return thought;
    } finally {
      this.underWay.dec();
      this.plans.inc({ strategy, outcome });
    }
  }
}
