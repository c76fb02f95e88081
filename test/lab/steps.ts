import fc from 'fast-check';
import { type Fault, faults } from './faulty-store.js';

/** How a request went wrong on its way: inside the server, or only its answer was lost. */
export type Mishap = Fault | 'the answer is lost';

/** What a person decides on because it is asked. */
export const decisions = [
  'approve',
  'reject',
  'cancel',
  'withdraw',
  'edit',
  'requeue',
  'requeue suspect',
  'abandon suspect',
  'accept result',
  'discard result',
  'exclude',
  'restore',
] as const;

/** What a person does of its own accord. */
export const moves = [
  'supersede',
  'record by hand',
  'replicate',
  'take back a rejection',
  'take back a cancellation',
  'reorder',
  'assign',
  'extend',
  'change settings',
  'propose now',
  'add a point',
] as const;
export type PersonsAct = (typeof decisions)[number] | (typeof moves)[number];

export const switches = ['pause', 'resume', 'archive', 'dispatch', 'proposing', 'station'] as const;

interface ByStation {
  /** Which station program speaks, and of what it holds, which. */
  readonly who: number;
  readonly pick: number;
  readonly server: number;
  readonly mishap: Mishap;
}

export type Step =
  | ({ readonly do: 'boot' } & ByStation)
  | ({ readonly do: 'claim'; readonly max: number } & ByStation)
  | ({ readonly do: 'start'; readonly slip: 'none' | 'spec' | 'fence' } & ByStation)
  | ({ readonly do: 'beat' } & ByStation)
  | ({ readonly do: 'append'; readonly seq: number } & ByStation)
  | ({
      readonly do: 'submit';
      readonly outcome: 'measured' | 'failed_sample' | 'instrument_fault';
      readonly slip: 'none' | 'doubt' | 'other body' | 'other key' | 'unstarted';
    } & ByStation)
  | { readonly do: 'clock'; readonly seconds: number; readonly look: boolean; readonly server: number }
  | { readonly do: 'look'; readonly server: number; readonly mishap: Fault }
  | {
      readonly do: 'person';
      readonly act: PersonsAct;
      readonly pick: number;
      readonly server: number;
      readonly mishap: Fault;
    }
  | { readonly do: 'switch'; readonly what: (typeof switches)[number]; readonly server: number }
  | { readonly do: 'restart'; readonly server: number }
  | { readonly do: 'both'; readonly steps: readonly [Step, Step] };

export type Of<D extends Step['do']> = Extract<Step, { readonly do: D }>;

const mishap = fc.oneof(
  { arbitrary: fc.constant('none' as const), weight: 7 },
  {
    arbitrary: fc.constantFrom(
      'fails before commit' as const,
      'commits, then times out' as const,
      'the answer is lost' as const,
    ),
    weight: 3,
  },
);
const fault = fc.oneof(
  { arbitrary: fc.constant('none' as const), weight: 8 },
  { arbitrary: fc.constantFrom(...faults), weight: 2 },
);
const small = fc.nat({ max: 7 });
/** Mostly the newest; sometimes one that was forgotten. */
const pick = fc.oneof({ weight: 7, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: small });
const byStation = { who: small, pick, server: fc.nat({ max: 1 }), mishap };
const mostly = <T>(usual: T, ...odd: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 8 }, { arbitrary: fc.constantFrom(...odd), weight: 2 });

const byPerson = (acts: readonly PersonsAct[]): fc.Arbitrary<Step> =>
  fc.record({
    do: fc.constant('person' as const),
    act: fc.constantFrom(...acts),
    pick: small,
    server: fc.nat({ max: 1 }),
    mishap: fault,
  });

const single: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('boot' as const), ...byStation }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('claim' as const),
      max: fc.integer({ min: 1, max: 3 }),
      ...byStation,
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('start' as const),
      slip: mostly('none' as const, 'spec' as const, 'fence' as const),
      ...byStation,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('beat' as const), ...byStation }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('append' as const), seq: fc.nat({ max: 2 }), ...byStation }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('submit' as const),
      outcome: mostly('measured' as const, 'failed_sample' as const, 'instrument_fault' as const),
      slip: mostly(
        'none' as const,
        'doubt' as const,
        'other body' as const,
        'other key' as const,
        'unstarted' as const,
      ),
      ...byStation,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('clock' as const),
      seconds: fc.constantFrom(5, 61, 1801, 1801, -30),
      look: fc.boolean(),
      server: fc.nat({ max: 1 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('look' as const), server: fc.nat({ max: 1 }), mishap: fault }),
  },
  { weight: 4, arbitrary: byPerson(decisions) },
  { weight: 6, arbitrary: byPerson(moves) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('switch' as const),
      what: fc.constantFrom(...switches),
      server: fc.nat({ max: 1 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), server: fc.nat({ max: 1 }) }) },
);

/** A step, or two at the same moment on two servers. */
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 9, arbitrary: single },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('both' as const), steps: fc.tuple(single, single) }),
  },
);

const usual = { who: 0, pick: 0, slip: 'none' as const };
const at = { server: fc.nat({ max: 1 }), mishap };
const claimOne = fc.record({
  ...at,
  do: fc.constant('claim' as const),
  who: small,
  pick: fc.constant(0),
  max: fc.constant(1),
});
const startIt = (slip: 'none' | 'spec' | 'fence'): fc.Arbitrary<Step> =>
  fc.record({ ...at, do: fc.constant('start' as const) }).map((step) => ({ ...usual, ...step, slip }));
const appendIt: fc.Arbitrary<Step> = fc
  .record({ ...at, do: fc.constant('append' as const), seq: fc.nat({ max: 1 }) })
  .map((step) => ({ ...usual, ...step }));
const bootFirst: fc.Arbitrary<Step> = fc
  .record({ ...at, do: fc.constant('boot' as const) })
  .map((step) => ({ ...usual, ...step }));
/** By the first program of all, which may have been replaced since. */
const beatFirst: fc.Arbitrary<Step> = fc
  .record({ ...at, do: fc.constant('beat' as const) })
  .map((step) => ({ ...usual, ...step }));
const claimFirst = claimOne.map((step) => ({ ...step, who: 0 }));
const submitIt = (slip: 'none' | 'doubt' | 'unstarted'): fc.Arbitrary<Step> =>
  fc
    .record({ ...at, do: fc.constant('submit' as const), outcome: fc.constant('measured' as const) })
    .map((step) => ({ ...usual, ...step, slip }));
const silence = (seconds: number): fc.Arbitrary<Step> =>
  fc.constant({ do: 'clock' as const, seconds, look: true, server: 0 });

/** What makes stories worth telling: each comes with its own mishaps, and anything may happen between two. */
const episode: fc.Arbitrary<readonly Step[]> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(step) },
  { weight: 3, arbitrary: fc.tuple(claimOne, startIt('none'), submitIt('none')) },
  { weight: 1, arbitrary: fc.tuple(claimOne, startIt('none'), step, submitIt('doubt')) },
  { weight: 2, arbitrary: fc.tuple(claimOne, startIt('none'), silence(1801), step, submitIt('none')) },
  { weight: 2, arbitrary: fc.tuple(claimOne, silence(61), submitIt('unstarted'), step) },
  { weight: 1, arbitrary: fc.tuple(claimOne, startIt('spec'), startIt('fence'), startIt('none')) },
  {
    weight: 1,
    arbitrary: fc.tuple(claimOne, appendIt, startIt('none'), appendIt, appendIt, submitIt('none')),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(bootFirst, claimFirst, startIt('none'), bootFirst, beatFirst, submitIt('none')),
  },
);

export interface Story {
  readonly approval: 'manual' | 'automatic';
  readonly steps: readonly Step[];
}

export const stories = (episodes: number): fc.Arbitrary<Story> =>
  fc.record({
    approval: mostly('automatic' as const, 'manual' as const),
    steps: fc
      .array(episode, { minLength: Math.ceil(episodes / 2), maxLength: episodes, size: 'max' })
      .map((told) => told.flat()),
  });
