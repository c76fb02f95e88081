import type { FittedModel, PosteriorAnswer } from '@ionloop/domain';
import {
  advanceScreen,
  type Analyst,
  type Engine,
  type Planner,
  reconcile,
  type ImportHints,
  runAnalysis,
  runImport,
  screenChunk,
  type Screener,
  type ScreenHints,
  verifyCampaign,
} from '@ionloop/engine';
import type { JobHandlers } from '@ionloop/jobs';
import type { ComputeThreads } from './compute/threads.js';
import type { Watch } from './watch.js';

export type PosteriorOfModel = PosteriorAnswer & { readonly modelId: string };

/** What each job means: one use case each. */
export const handlersFor = (
  engine: Engine,
  planner: Planner,
  threads: ComputeThreads,
  watch: Watch,
  screens: { readonly screener: Screener; readonly hints: ScreenHints },
  analyst: Analyst,
  imports: ImportHints,
): JobHandlers => ({
  reconcile: ({ campaignId }) => reconcile(engine, planner, campaignId),

  sweep: () => watch.look(),

  posterior: async ({ campaignId, resolution }): Promise<PosteriorOfModel | null> => {
    const [campaign, model] = await Promise.all([
      engine.store.read.campaign(campaignId),
      engine.store.read.latestModel(campaignId),
    ]);
    const body = model && (await engine.store.read.modelBody(model.id));
    if (!campaign || !model || body === null) return null;
    const fitted: FittedModel = { kind: model.kind, diagnostics: null, body };
    const [objective] = campaign.objectives;
    const answer = await threads.run('posterior', {
      space: campaign.space,
      objective,
      model: fitted,
      resolution,
    });
    return { modelId: model.id, ...answer };
  },

  screen: async ({ screenId, chunk }) => {
    const { screener, hints } = screens;
    if (chunk === undefined) await advanceScreen(engine.store.screens, screener, hints, screenId);
    else await screenChunk(engine.store.screens, screener, screenId, chunk);
  },

  analysis: ({ analysisId }) => runAnalysis(engine, analyst, planner, analysisId),

  import: ({ importId }) => runImport(engine, imports, importId),

  verify: ({ campaignId }) => verifyCampaign(engine.store.read, planner, campaignId),
});
