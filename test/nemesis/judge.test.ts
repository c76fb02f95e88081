import { expect, it } from '@jest/globals';
import type { RecordOnDisk } from '../lab/record.js';
import { testimonyAgainst } from './journal.js';
import { deck, kinds } from './plan.js';
import { Philox } from '@ionloop/linalg';

const disk = {
  attempts: [
    { id: 'a', started_at: '2026-01-01' },
    { id: 'b', started_at: '2026-01-01' },
    { id: 'c', started_at: null },
  ],
  measurements: [{ id: 'm', attempt_id: 'a' }],
  answers: [{ scope: 'submit/s', key: 'k', response: {} }],
} as unknown as RecordOnDisk;
const moved = (attemptId: string) => ({ event: 'moved', attemptId, experimentId: 'e' }) as const;
const still = (attemptId: string) => ({ event: 'stood-still', attemptId }) as const;
const killed = { event: 'lab-killed', attemptId: '' } as const;
const told = (key: string, ...measurementIds: string[]) =>
  ({ event: 'acknowledged', attemptId: 'a', key, measurementIds }) as const;

it.each([
  ['two that follow each other', [moved('a'), still('a'), moved('b'), still('b')], []],
  ['a second after the lab was killed', [moved('a'), killed, moved('b')], []],
  ['two at once', [moved('a'), moved('b')], ['I8 b moves while a still makes the same experiment']],
  ['one attempt twice', [moved('a'), still('a'), moved('a')], ['I8 hardware moved twice for attempt a']],
  [
    'one that never started',
    [moved('c')],
    ['I8 hardware moved for attempt c, which the record never started'],
  ],
  ['a result that is there', [told('k', 'm')], []],
  [
    'a result that is gone',
    [told('k', 'm', 'n')],
    ['I1 the result of attempt a was acknowledged and is not what is stored'],
  ],
  [
    'an answer that is gone',
    [told('l', 'm')],
    ['I1 the result of attempt a was acknowledged and is not what is stored'],
  ],
])('the second witness judges %s', (_what, journal, faults) => {
  expect(testimonyAgainst(journal, [disk])).toEqual(faults);
});

it('draws every kind of fault before any comes again, the same for a seed', () => {
  const first = (seed: string) => {
    const drawn = deck(Philox.fromSeed(seed));
    return Array.from({ length: kinds.length }, () => drawn.next().value);
  };
  expect(new Set(first('one'))).toEqual(new Set(kinds));
  expect(first('one')).toEqual(first('one'));
  expect(first('one')).not.toEqual(first('two'));
});
