/** Every fault that a station can cause, by the number of its case in docs/lab-protocol-cases.md. */
export const faults = {
  'lost-reply': {
    case: 1,
    words: 'claim, start, append and submit are carried out, and the answers never arrive',
  },
  'crash-before-start': { case: 2, words: 'the station dies when it has its work, before it asks to start' },
  'crash-after-start': { case: 3, words: 'the station dies while the sample is made, and comes back' },
  'crash-with-result': { case: 3, words: 'the station dies when the result is on its disk, and comes back' },
  'torn-upload': { case: 4, words: 'the connection breaks in the middle of what is handed in' },
  'frozen-station': { case: 5, words: 'the station stands still past its lease, then goes on' },
  partition: { case: 6, words: 'nothing gets through while the sample is made' },
  'no-answer': { case: 9, words: 'start and submit arrive, and the connection stays open without an answer' },
  'two-boots': { case: 10, words: 'a second program registers under the station’s name' },
  'clock-jump': { case: 11, words: 'the station’s clock jumps by a day' },
  'late-submit': { case: 13, words: 'the result comes at the moment at which the lease ends' },
  'wrong-spec-hash': { case: 14, words: 'the start names another spec than was leased' },
  'key-reused': { case: 15, words: 'the key of a result is used again for another' },
  'stale-fence': { case: 5, words: 'the result is first handed in with an old fence' },
  'partials-shuffled': { case: 16, words: 'partial results come in the wrong order, and twice' },
  poison: { case: 20, words: 'the experiment breaks the instrument each time it is tried' },
  'instrument-fault': { case: 21, words: 'the instrument breaks down once' },
  'consumable-empty': { case: 21, words: 'what the station uses up has run out' },
  'sample-dropped': { case: 21, words: 'the pellet is dropped' },
  'older-schema': { case: 23, words: 'the station registers with a schema that is not spoken any more' },
  'token-expired': { case: 25, words: 'the token is refused while the sample is made, and renewed' },
  'disk-full': { case: 26, words: 'the station’s disk takes nothing while the sample is made' },
  'station-gone': { case: 27, words: 'the station dies while the sample is made, and never comes back' },
} as const satisfies Readonly<Record<string, { case: number; words: string }>>;

export type FaultKind = keyof typeof faults;
export const faultKinds = Object.keys(faults) as readonly FaultKind[];
