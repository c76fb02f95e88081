import { chunkRange, type LocalState, type ScreenPlan } from '@ionloop/planner';
import type { Terminal } from '../terminal.js';

const now = (): number => performance.now() / 1000;
/** How often a log that nobody watches gets a line. */
const lineSeconds = 10;

/** Tells how far a screen is, how fast it goes and how long it will take. */
export class Progress {
  private readonly began = now();
  private readonly before: number;
  private lastLine = now();
  private done: number;

  constructor(
    private readonly terminal: Terminal,
    private readonly plan: ScreenPlan,
    state: LocalState,
  ) {
    this.before = doneIn(plan, state);
    this.done = this.before;
  }

  get total(): number {
    return Number(BigInt(this.plan.to) - BigInt(this.plan.from));
  }

  get seconds(): number {
    return now() - this.began;
  }

  /** Candidates a second, in this run. */
  get rate(): number {
    return (this.done - this.before) / this.seconds;
  }

  tell(state: LocalState): void {
    this.done = doneIn(this.plan, state);
    const left = (this.total - this.done) / this.rate;
    const share = (100 * this.done) / this.total;
    const text = `${share.toFixed(1)} % of ${grouped(this.total)} · ${grouped(Math.round(this.rate))}/s · ${duration(left)} left`;
    this.terminal.progress(text);
    if (this.terminal.watched || now() - this.lastLine < lineSeconds) return;
    this.lastLine = now();
    this.terminal.err(text);
  }
}

function doneIn(plan: ScreenPlan, { done }: LocalState): number {
  return done.reduce<number>((sum, mark, chunk) => {
    if (mark === 0) return sum;
    const { from, to } = chunkRange(plan, chunk);
    return sum + Number(to - from);
  }, 0);
}

/** 1234567 as 1 234 567. */
export const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ' ');

export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  if (seconds < 90) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  if (seconds < 5400) return `${(seconds / 60).toFixed(0)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
