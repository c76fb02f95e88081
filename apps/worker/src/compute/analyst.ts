import type { AnalysisInput, AnalysisOf, AnalysisRequest, Json, Point } from '@ionloop/domain';
import type { Analyst, Report } from '@ionloop/engine';
import type { PlayedCampaign, WholeTask } from '@ionloop/planner';
import type { ComputeThreads } from './threads.js';

/** So many candidates at a time: a second or so of a thread, and rows that the database takes in one statement. */
const chunk = 10_000;

/** Analyses as the engine knows them, worked on in threads. */
export class ThreadedAnalyst implements Analyst {
  constructor(private readonly threads: ComputeThreads) {}

  async analyse(request: AnalysisRequest, input: AnalysisInput, report: Report): Promise<Json> {
    switch (request.kind) {
      case 'candidates':
        return this.candidates({ request, input }, report);
      case 'bench':
        return this.bench({ request, input }, report);
      case 'rehearsal':
        return this.rehearsal({ request, input }, report);
      case 'verification':
        throw new TypeError('a campaign is verified from its record, not by an analyst');
      default: {
        await report.progress(0, 1);
        const whole: WholeTask = { request, input };
        return this.threads.run('analyse', whole);
      }
    }
  }

  /** One chunk is stored while the next is scored. */
  private async candidates(kept: Task<'candidates'>, report: Report): Promise<Json> {
    const { count, whole } = await this.threads.run('countCandidates', kept);
    await report.progress(0, count);
    let stored = Promise.resolve();
    let found = 0;
    try {
      for (let from = 0; from < count; from += chunk) {
        const scored = await this.threads.run('scoreCandidates', { from, to: from + chunk }, { kept });
        await stored;
        const rows = scored.points.map((text, i) => ({
          number: from + i,
          point: JSON.parse(text) as Point,
          mean: scored.mean[i] ?? 0,
          sd: scored.sd[i] ?? 0,
          score: scored.score[i] ?? 0,
          feasible: scored.feasible[i] ?? 0,
          tried: scored.tried[i] ?? false,
        }));
        found += rows.length;
        stored = report.candidates(rows).then(() => report.progress(Math.min(from + chunk, count), count));
        // It is awaited before the next is stored; until then its failure has a listener.
        stored.catch(() => undefined);
      }
      await stored;
    } finally {
      this.threads.release(kept);
    }
    return { count: found, whole, score: kept.request.score };
  }

  private async bench(kept: Task<'bench'>, report: Report): Promise<Json> {
    const names = await this.threads.run('benchedModels', kept);
    await report.progress(0, names.length);
    let done = 0;
    try {
      const models = await Promise.all(
        names.map(async (name) => {
          const model = await this.threads.run('benchModel', { name }, { kept });
          done += 1;
          await report.progress(done, names.length);
          return model;
        }),
      );
      return { models } as unknown as Json;
    } finally {
      this.threads.release(kept);
    }
  }

  /** Campaigns are played some at a time, so that plans get their turn, and a rehearsal that nobody wants any more ends soon. */
  private async rehearsal(kept: Task<'rehearsal'>, report: Report): Promise<Json> {
    const plays = await this.threads.run('rehearsalPlays', kept);
    await report.progress(0, plays.length);
    const played: PlayedCampaign[] = [];
    const waiting = [...plays.entries()];
    let done = 0;
    const play = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [i, one] = next;
        played[i] = await this.threads.run('playRehearsal', one, { kept });
        done += 1;
        await report.progress(done, plays.length);
      }
    };
    try {
      await Promise.all(Array.from({ length: Math.max(1, this.threads.threads - 1) }, play));
      return (await this.threads.run('rehearsalAnswer', played, { kept })) as unknown as Json;
    } finally {
      this.threads.release(kept);
    }
  }
}

interface Task<K extends 'candidates' | 'bench' | 'rehearsal'> {
  readonly request: AnalysisOf<K>;
  readonly input: AnalysisInput;
}
