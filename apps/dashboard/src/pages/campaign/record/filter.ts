import type { Tone } from '../../../format/words.js';
import { experimentOf } from '../experiment-views.js';

export interface RecordedEvent {
  readonly seq: number;
  readonly type: string;
  readonly at: string;
  readonly actor: string;
  readonly summary: string;
  readonly payload: unknown;
  readonly hash: string;
}

/** What an event is about. */
export const subjects = [
  { value: 'campaign', word: 'Campaign', tone: 'neutral' },
  { value: 'plan', word: 'Plan', tone: 'info' },
  { value: 'experiment', word: 'Experiment', tone: 'info' },
  { value: 'attempt', word: 'Lab', tone: 'neutral' },
  { value: 'measurement', word: 'Result', tone: 'good' },
  { value: 'task', word: 'Task', tone: 'warn' },
] as const satisfies readonly { readonly value: string; readonly word: string; readonly tone: Tone }[];

export const subjectOf = (type: string): { readonly word: string; readonly tone: Tone } =>
  subjects.find(({ value }) => value === type.split('.')[0]) ?? { word: type, tone: 'neutral' };

/** What is looked for; an empty text means anything. */
export interface Filter {
  readonly subject: string;
  readonly actor: string;
  readonly experiment: string;
  readonly text: string;
}

export const anything: Filter = { subject: '', actor: '', experiment: '', text: '' };

export const isFiltering = (filter: Filter): boolean => Object.values(filter).some((part) => part !== '');

export function filterOf(search: URLSearchParams): Filter {
  const own = (key: string): string => search.get(key) ?? '';
  return {
    subject: own('about'),
    actor: own('by'),
    experiment: own('experiment'),
    text: own('text'),
  };
}

/** As the end of an address, without what is not asked for. */
export const searchOf = ({ subject, actor, experiment, text }: Filter): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ about: subject, by: actor, experiment, text }).filter(([, part]) => part !== ''),
  );

export function matching(
  events: readonly RecordedEvent[],
  { subject, actor, experiment, text }: Filter,
  numbers: ReadonlyMap<string, number>,
): readonly RecordedEvent[] {
  const words = text.toLowerCase().trim();
  return events.filter(
    (event) =>
      (subject === '' || event.type.split('.')[0] === subject) &&
      (actor === '' || event.actor === actor) &&
      (experiment.trim() === '' || String(experimentOf(event.payload, numbers)) === experiment.trim()) &&
      (words === '' ||
        event.summary.toLowerCase().includes(words) ||
        event.type.toLowerCase().includes(words) ||
        event.hash.startsWith(words)),
  );
}

/** The newest first, each once. */
export const joined = (
  known: readonly RecordedEvent[],
  more: readonly RecordedEvent[],
): readonly RecordedEvent[] =>
  [...new Map([...known, ...more].map((event) => [event.seq, event])).values()].sort((a, b) => b.seq - a.seq);

export const actorsOf = (events: readonly RecordedEvent[]): readonly string[] =>
  [...new Set(events.map(({ actor }) => actor))].sort((a, b) => a.localeCompare(b));
