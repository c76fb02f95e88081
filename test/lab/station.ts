import type { Assignment, StationVoice, SubmitAnswer, SubmitRequest } from '@ionloop/engine';

/** What a station program holds of one attempt, as far as it knows. */
export interface Held {
  readonly assignment: Assignment;
  /** Whether hardware moves for it: only after a start was answered. */
  hardware: 'still' | 'moving' | 'done';
  cancelAsked: boolean;
  /** Written down before it is sent, and sent until it is answered. */
  result: SubmitRequest | null;
  /** The first answer that the server gave, whether or not it arrived. */
  given: SubmitAnswer | null;
  answered: boolean;
  readonly partialsAnswered: Set<number>;
}

/** One run of a station's program: what it was handed, and the claim that it has no answer to yet. */
export interface Program {
  readonly voice: StationVoice;
  readonly held: Held[];
  claim: { readonly key: string; readonly max: number; given: readonly Assignment[] | null } | null;
  /** Whether another boot speaks for the station; this program has not noticed. */
  replaced: 'no' | 'meanwhile' | 'yes';
}

export const holding = (assignment: Assignment): Held => ({
  assignment,
  hardware: 'still',
  cancelAsked: false,
  result: null,
  given: null,
  answered: false,
  partialsAnswered: new Set(),
});
