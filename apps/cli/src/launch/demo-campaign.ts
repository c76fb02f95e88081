import type { Settings } from '@ionloop/config';
import { theLoop } from '@ionloop/domain';
import { campaignTemplates, createCampaign, moveCampaign, type Engine } from '@ionloop/engine';

/** On an empty record: a campaign that runs by itself, so that there is something to see. */
export async function createDemoCampaign(engine: Engine, settings: Settings): Promise<void> {
  if ((await engine.store.read.campaigns()).length > 0) return;
  const template = campaignTemplates.find(({ key }) => key === 'ternary-electrolyte');
  if (!template) return;
  const budget = settings.demoExperiments;
  const initial = Math.min(budget, Number(template.input['initial'] ?? budget));
  const campaign = await createCampaign(
    engine,
    theLoop,
    { ...template.input, approval: 'automatic', budget, initial, parallel: 4, seed: 'demo' },
    'demo',
  );
  await moveCampaign(engine, theLoop, campaign.id, 'active', 'the demo starts by itself');
}
