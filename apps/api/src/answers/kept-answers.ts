import type { FormattedExecutionResult } from 'graphql';

/** A whole answer without errors, and its text: it is written once, however many get it. */
export interface Answer {
  readonly result: FormattedExecutionResult;
  readonly text: string;
}

/** One answer, from when it was begun. */
interface Kept {
  readonly moment: string;
  readonly begunAt: number;
  /** Null while it is on its way. */
  characters: number | null;
  readonly answer: Promise<Answer | null>;
}

/** The one who works an answer out for all who wait for it. Each way out ends it, with null where there is nothing to share. */
export interface Leader {
  end(answer: Answer | null): void;
}

/** What hangs on the clock alone — a lease that runs out, a deadline — may be late by this much. */
const longestSeconds = 1;
const mostCharacters = 32_000_000;

/**
 * Answers that hold as long as nothing is written: who asks the same question at the same moment of the record gets the
 * same answer, whether it was given already or is on its way.
 */
export class KeptAnswers {
  /** In the order in which they were begun. */
  private readonly kept = new Map<string, Kept>();
  private characters = 0;

  /** @param seconds which only ever grow */
  constructor(private readonly seconds: () => number) {}

  /** Null where somebody has to work it out. */
  find(question: string, moment: string): Promise<Answer | null> | null {
    const kept = this.kept.get(question);
    if (kept?.moment !== moment) return null;
    if (kept.characters !== null && this.isOver(kept)) return null;
    return kept.answer;
  }

  /** The moment was asked for before anything is read for the answer. */
  lead(question: string, moment: string): Leader {
    this.forgetWhatIsOver();
    this.forget(question);
    let settle!: (answer: Answer | null) => void;
    const answer = new Promise<Answer | null>((resolve) => (settle = resolve));
    const own: Kept = { moment, begunAt: this.seconds(), characters: null, answer };
    this.kept.set(question, own);
    return {
      end: (answer) => {
        settle(answer);
        if (this.kept.get(question) !== own || own.characters !== null) return;
        if (answer === null) this.kept.delete(question);
        else this.characters += own.characters = answer.text.length;
        this.makeRoom();
      },
    };
  }

  private forgetWhatIsOver(): void {
    for (const [question, kept] of this.kept) {
      if (!this.isOver(kept)) return;
      if (kept.characters !== null) this.forget(question);
    }
  }

  private makeRoom(): void {
    for (const [question, { characters }] of this.kept) {
      if (this.characters <= mostCharacters) return;
      if (characters !== null) this.forget(question);
    }
  }

  private forget(question: string): void {
    this.characters -= this.kept.get(question)?.characters ?? 0;
    this.kept.delete(question);
  }

  private isOver({ begunAt }: Kept): boolean {
    return this.seconds() - begunAt >= longestSeconds;
  }
}
