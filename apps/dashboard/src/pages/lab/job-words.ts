import type { JobQueuesQuery } from '../../api/generated/graphql.js';
import { spanWords } from '../../format/time.js';
import { listed, plural } from '../../format/words.js';

type Kind = JobQueuesQuery['queues']['kinds'][number];

const kindWords: Readonly<Record<string, string>> = {
  reconcile: 'Looks at campaigns',
  sweep: 'Sweeps for what was missed',
  posterior: 'Maps of models',
  verify: 'Verifications',
  screen: 'Screens',
  analysis: 'Analyses',
  import: 'Imports',
};

/** A kind that this page does not know yet is named as the server names it. */
export const kindWord = (name: string): string => kindWords[name] ?? name;

/** How long the oldest that waits has done so; null where none waits, or none that is known. */
export const oldestWords = ({ waiting, oldestSeconds }: Kind): string | null =>
  waiting === 0 || oldestSeconds === 0 ? null : spanWords(1000 * oldestSeconds);

type Counted = 'waiting' | 'running' | 'later' | 'failed';

const sum = (kinds: readonly Kind[], of: Counted): number =>
  kinds.reduce((total, kind) => total + kind[of], 0);

const verbs = [
  { of: 'waiting', one: 'waits', many: 'wait' },
  { of: 'running', one: 'runs', many: 'run' },
  { of: 'later', one: 'comes later', many: 'come later' },
] as const;

/** All kinds together, in a sentence. */
export function standingWords(kinds: readonly Kind[]): string {
  const now = verbs
    .map(({ of, one, many }) => ({ count: sum(kinds, of), one, many }))
    .filter(({ count }) => count > 0)
    .map(({ count, one, many }, i) => {
      const counted = i === 0 ? plural(count, 'job') : String(count);
      return `${counted} ${count === 1 ? one : many}`;
    });
  const failed = sum(kinds, 'failed');
  const standing = now.length === 0 ? 'No job waits or runs' : listed(now);
  return `${standing}; ${failed === 0 ? 'none' : String(failed)} failed in the last week.`;
}

export interface Failure {
  readonly key: string;
  readonly kind: string;
  readonly at: string;
  readonly reason: string;
  /** How often it was tried before it was given up. */
  readonly tried: string;
}

/** Of all kinds, the newest first. */
export const failuresOf = (kinds: readonly Kind[]): readonly Failure[] =>
  kinds
    .flatMap(({ name, failures }) =>
      failures.map(({ id, at, reason, attempts }) => ({
        key: `${name}/${id}/${at}`,
        kind: kindWord(name),
        at,
        reason: reason.trim() === '' ? 'It gave no reason.' : reason,
        tried: attempts === 1 ? 'tried once' : `tried ${attempts} times`,
      })),
    )
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));

/** How many failed beside those that are shown; null where all are. */
export function unlistedWords(kinds: readonly Kind[], shown: number): string | null {
  const rest = sum(kinds, 'failed') - shown;
  return rest > 0 ? `And ${rest} more of the last week.` : null;
}

export const lostWords = (lost: number): string | null =>
  lost === 0
    ? null
    : `${plural(lost, 'hint')} did not reach the queue since this server started; the next sweep finds what ${lost === 1 ? 'it was' : 'they were'} about.`;
