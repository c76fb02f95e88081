import {
  type AnalysisHints,
  campaignsToLookAt,
  type Engine,
  type Planner,
  reconcile,
  type ImportHints,
  reviveAnalyses,
  reviveImports,
  reviveScreens,
  type Screener,
  type ScreenHints,
} from '@ionloop/engine';

/**
 * The look that needs no message. A campaign in which nothing has happened since the last look is looked at right here:
 * if a hint was lost, or the queue holds on to one for a process that is dead, the loop goes on all the same. A
 * campaign that is moving only gets a hint, so that nobody thinks the same thought twice.
 */
export class Watch {
  private readonly seen = new Map<string, number>();
  private looking: Promise<void> | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly planner: Planner,
    private readonly screens: { readonly screener: Screener; readonly hints: ScreenHints } | null = null,
    private readonly hints: (AnalysisHints & ImportHints) | null = null,
  ) {}

  /** One look at a time: whoever asks meanwhile gets that one. */
  look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => (this.looking = undefined));
    return this.looking;
  }

  private async lookOnce(): Promise<void> {
    const { read } = this.engine.store;
    for (const campaignId of await campaignsToLookAt(this.engine)) {
      const seq = await read.lastSeq(campaignId);
      if (this.seen.get(campaignId) === seq) await reconcile(this.engine, this.planner, campaignId);
      else await this.engine.wakeUps.wake(campaignId);
      this.seen.set(campaignId, seq);
    }
    if (this.screens)
      await reviveScreens(this.engine.store.screens, this.screens.screener, this.screens.hints);
    if (this.hints) {
      await reviveAnalyses(this.engine, this.hints);
      await reviveImports(this.engine, this.hints);
    }
  }
}
