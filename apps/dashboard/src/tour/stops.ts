/** Where the tour stops: a part of a campaign's page, and what is to be said of it. */
export interface Stop {
  readonly title: string;
  readonly text: string;
  /** Of the campaign, by the end of its address. */
  readonly view: '' | 'model' | 'record';
  /** A panel by the beginning of its heading, or another part by a selector. */
  readonly at: { readonly panel: string } | { readonly selector: string };
}

export const stops: readonly Stop[] = [
  {
    title: 'One search, from its first sample on',
    text: 'A campaign says what may be varied, what is wanted, and how many experiments may be spent. Its four numbers tell how it stands: the best so far, the budget, the results, and what waits for you.',
    view: '',
    at: { selector: '.figures' },
  },
  {
    title: 'The planner proposes',
    text: 'After each result it thinks again, and says what it would make next: what it expects, how surely, and why. Approve what you would make yourself; reject, change or add as you like. What you decide can be undone until something has come of it.',
    view: '',
    at: { panel: 'Proposals' },
  },
  {
    title: 'The lab makes them',
    text: 'Stations claim what is approved, make it, measure it and hand the results in. If one goes silent nothing is lost and nothing is made twice: it asks you.',
    view: '',
    at: { panel: 'Queued and running' },
  },
  {
    title: 'Is it getting better?',
    text: 'Each point is a result; the line is the best so far, the band what the model had expected before it knew. Failed samples are shown too: the planner learns from them.',
    view: '',
    at: { panel: 'Best so far' },
  },
  {
    title: 'What it believes of the whole space',
    text: 'The colour is what the model expects of every composition, or how unsure it is. Go over it with the pointer or the arrow keys to read a place off.',
    view: '',
    at: { selector: '.columns > .span-5, .columns > .span-12 + .span-12' },
  },
  {
    title: 'What was found',
    text: 'Every result with its unit, its flags and its files. A wrong one is excluded or corrected, with a reason; nothing is ever erased.',
    view: '',
    at: { panel: 'Results' },
  },
  {
    title: 'Whether to trust it',
    text: 'The model is tried on results that it had not seen: how far off it is, how often its intervals hold, what it goes by, and whether more is to be found.',
    view: 'model',
    at: { panel: 'Should you trust it?' },
  },
  {
    title: 'Everything is on record',
    text: 'Who did what, when and why, in a chain that cannot be changed unseen. Any proposal can be computed again, to the bit, years later.',
    view: 'record',
    at: { selector: 'ol.record, .record' },
  },
];

/** The stop that an address names, from 0; null where it names none. */
export function stopAt(text: string | null): number | null {
  const number = text === null ? NaN : Number(text);
  return Number.isInteger(number) && number >= 1 && number <= stops.length ? number - 1 : null;
}

export function stopAddress(campaignId: string, at: number): string {
  const view = stops[at]?.view ?? '';
  return `/campaigns/${campaignId}${view === '' ? '' : `/${view}`}?tour=${at + 1}`;
}
