import { termsAt, termsText } from './terms-draft.js';
import type { WhatIfDraft } from './what-if-draft.js';

const texts = [
  'strategy',
  'beta',
  'design',
  'shape',
  'shared',
  'replicates',
  'budget',
  'parallel',
  'approval',
  'count',
] as const;

const boundsKey = ({ parameter, component }: WhatIfDraft['bounds'][number]): string =>
  `in ${parameter}${component === null ? '' : `.${component}`}`;

/** What is tried out as an address, so that it can be sent to somebody: only what is another than it is. */
export function addressOf(before: WhatIfDraft, draft: WhatIfDraft): Readonly<Record<string, string>> {
  return Object.fromEntries([
    ...texts.flatMap((key) => (draft[key] === before[key] ? [] : [[key, draft[key]] as const])),
    ...changedTexts(termsText(before.terms), termsText(draft.terms)),
    ...draft.bounds.flatMap((bounds, i) => {
      const old = before.bounds[i];
      const same = old?.min === bounds.min && old.max === bounds.max;
      return same ? [] : [[boundsKey(bounds), `${bounds.min}..${bounds.max}`] as const];
    }),
    ...draft.constraints.flatMap(({ kept, bound }, i) => {
      if (!kept) return [[`constraint ${i}`, 'off'] as const];
      return bound === null || bound === before.constraints[i]?.bound
        ? []
        : [[`constraint ${i}`, bound] as const];
    }),
  ]);
}

const changedTexts = (
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] =>
  Object.entries(now).filter(([key, text]) => before[key] !== text);

/** The terms of now with what an address changes of them; what it does not know stays. */
export function draftAt(before: WhatIfDraft, search: URLSearchParams): WhatIfDraft {
  const given = Object.fromEntries(
    texts.flatMap((key) => {
      const value = search.get(key);
      return value === null ? [] : [[key, value] as const];
    }),
  );
  const approval = ['manual', 'automatic'].includes(given['approval'] ?? '')
    ? given['approval']
    : before.approval;
  return {
    ...before,
    ...given,
    terms: termsAt(before.terms, search),
    approval: approval as WhatIfDraft['approval'],
    bounds: before.bounds.map((bounds) => {
      const [min, max] = search.get(boundsKey(bounds))?.split('..') ?? [];
      return min === undefined || max === undefined ? bounds : { ...bounds, min, max };
    }),
    constraints: before.constraints.map((constraint, i) => {
      const value = search.get(`constraint ${i}`);
      if (value === null) return constraint;
      return value === 'off' ? { ...constraint, kept: false } : { ...constraint, bound: value };
    }),
  };
}
