import fc from 'fast-check';
import { openLabDatabase, startServer } from './servers.js';
import { perform } from './perform.js';
import { stories, type Story } from './steps.js';
import type { Verbs } from './verbs.js';
import { World } from './world.js';

export interface Runs {
  readonly seed: number;
  readonly runs: number;
  readonly episodes: number;
  readonly shrink: boolean;
  /** A shrunk story that failed once: where to go on from. */
  readonly path?: string;
}

/** Random stories, one after the other, in a database with two servers; the record is judged after every step. */
export async function tell(verbs: Verbs, { seed, runs, episodes, shrink, path }: Runs) {
  const database = await openLabDatabase();
  const servers = [await startServer(database.url, verbs), await startServer(database.url, verbs)];
  let told = 0;
  const happened = new Map<string, number>();
  try {
    const property = fc.asyncProperty(stories(episodes), async (story) => {
      told += 1;
      // Its statistics are of an empty database, and would be for minutes.
      if (told % 50 === 0) await database.client.query('ANALYZE');
      const world = await World.open(database, servers, verbs, story, `s${seed}-${told}`);
      try {
        for (const step of story.steps) {
          await perform(world, step);
          await world.check();
        }
        for (const { event } of world.log.events)
          happened.set(event.type, (happened.get(event.type) ?? 0) + 1);
      } finally {
        await world.close();
      }
    });
    const verdict = await fc.check(property, {
      seed,
      numRuns: runs,
      endOnFailure: !shrink,
      ...(path === undefined ? {} : { path }),
    });
    return { verdict, happened, complaint: complaintOf(verdict) };
  } finally {
    for (const server of servers) await server.close();
    await database.close();
  }
}

/** What went wrong, and how to see it again: by this seed and path. */
function complaintOf(verdict: fc.RunDetails<[Story]>): string | null {
  if (!verdict.failed) return null;
  const { errorInstance, counterexample } = verdict;
  const steps = counterexample?.[0].steps.map((step) => `  ${JSON.stringify(step)}`) ?? [];
  const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return `${why}\nseed ${verdict.seed}, path ${verdict.counterexamplePath}, after ${verdict.numRuns} stories:\n${steps.join('\n')}`;
}
