import type { AuditFilterInput } from '../../../api/generated/graphql.js';
import type { Tone } from '../../../format/words.js';

interface Subject {
  readonly value: string;
  readonly word: string;
  readonly tone: Tone;
}

/** What an event is about: the first part of its type. */
export const subjects: readonly Subject[] = [
  { value: 'campaign', word: 'Campaign', tone: 'neutral' },
  { value: 'plan', word: 'Plan', tone: 'info' },
  { value: 'experiment', word: 'Experiment', tone: 'info' },
  { value: 'attempt', word: 'Lab', tone: 'neutral' },
  { value: 'measurement', word: 'Result', tone: 'good' },
  { value: 'task', word: 'Task', tone: 'warn' },
  { value: 'history', word: 'History', tone: 'good' },
  { value: 'knowledge', word: 'Knowledge', tone: 'info' },
];

/** The types of events that people look for by themselves. */
const typesOf: Readonly<Record<string, readonly string[]>> = {
  decisions: [
    'campaign.moved',
    'campaign.switched',
    'experiment.approved',
    'experiment.edited',
    'experiment.added',
    'measurement.decided',
    'knowledge.added',
    'knowledge.removed',
  ],
  plans: ['plan.committed', 'campaign.planningFailed'],
  results: ['attempt.submitted', 'attempt.accepted', 'attempt.late', 'measurement.recorded'],
  doubts: ['attempt.flagged', 'attempt.late', 'measurement.decided'],
  faults: [
    'attempt.expired',
    'attempt.suspected',
    'attempt.aborted',
    'experiment.stuck',
    'campaign.planningFailed',
  ],
};

export const kinds = [
  { value: '', label: 'Everything' },
  { value: 'decisions', label: 'Decisions' },
  { value: 'plans', label: 'Plans' },
  { value: 'results', label: 'Results' },
  { value: 'doubts', label: 'Doubts about results' },
  { value: 'faults', label: 'What went wrong' },
] as const;

export const subjectOf = (type: string): Pick<Subject, 'word' | 'tone'> =>
  subjects.find(({ value }) => value === type.split('.')[0]) ?? { word: type, tone: 'neutral' };

/** What is looked for; an empty text means anything. Days are as the reader's calendar has them: 2030-01-31. */
export interface Filter {
  readonly kind: string;
  readonly actor: string;
  readonly experiment: string;
  readonly from: string;
  readonly to: string;
}

export const anything: Filter = { kind: '', actor: '', experiment: '', from: '', to: '' };

export const isFiltering = (filter: Filter): boolean => Object.values(filter).some((part) => part !== '');

const names = { kind: 'about', actor: 'by', experiment: 'experiment', from: 'from', to: 'to' } as const;
const parts = ['kind', 'actor', 'experiment', 'from', 'to'] as const;

export const filterOf = (search: URLSearchParams): Filter =>
  parts.reduce<Filter>((filter, part) => ({ ...filter, [part]: search.get(names[part]) ?? '' }), anything);

/** As the end of an address, without what is not asked for. */
export const searchOf = (filter: Filter): Record<string, string> =>
  Object.fromEntries(parts.flatMap((part) => (filter[part] === '' ? [] : [[names[part], filter[part]]])));

/**
 * As the API takes it: all events that any of these finds. An experiment's events name it or one of its attempts; one
 * that is not there has none.
 */
export function auditFilters(
  { kind, actor, experiment, from, to }: Filter,
  idsOf: (number: number) => readonly string[],
): readonly AuditFilterInput[] {
  const types = typesOf[kind];
  const start = dayOf(from, 0);
  const end = dayOf(to, 1);
  const filter: AuditFilterInput = {
    ...(types === undefined ? {} : { types: [...types] }),
    ...(actor.trim() === '' ? {} : { actors: [actor.trim()] }),
    ...(start === null ? {} : { from: start }),
    ...(end === null ? {} : { to: end }),
  };
  const number = experiment.trim();
  return number === '' ? [filter] : idsOf(Number(number)).map((about) => ({ ...filter, about }));
}

/** The beginning of a day, or of one some days later; null of what is none. */
function dayOf(text: string, later: number): string | null {
  const [year, month, day] = text.split('-').map(Number);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !year || !month || !day) return null;
  return new Date(year, month - 1, day + later).toISOString();
}

interface Numbered {
  readonly seq: number;
}

/** The newest first, each once. */
export const joined = <E extends Numbered>(...pages: readonly (readonly E[])[]): readonly E[] =>
  [...new Map(pages.flat().map((event) => [event.seq, event])).values()].sort((a, b) => b.seq - a.seq);

/** Whether a page from the end of the record goes on to what is known already, so that nothing lies between. */
export const meets = (page: readonly Numbered[], known: readonly Numbered[], whole: boolean): boolean =>
  whole || known.length === 0 || (page.at(-1)?.seq ?? Infinity) <= (known[0]?.seq ?? 0);
