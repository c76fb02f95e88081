import { openGround as openWithWorker } from '../load/ground.mjs';
import { buildCampaign } from '../api/campaign.mjs';

const property = 'ionic_conductivity';
const results = 14;
/** So many candidates: every point of three numbers. */
const perAxis = { whole: 100, smoke: 8 };

const manyCandidates = (values) => ({
  name: 'A million candidates',
  space: {
    parameters: ['temperature', 'hours', 'pressure'].map((name) => ({
      ...{ kind: 'integer', name, min: 1, max: values },
    })),
  },
  objective: { property, goal: 'maximise', transform: 'log10', unit: 'S/cm' },
  ...{ strategy: 'gp-log-ei', initial: results, budget: 40, parallel: results, approval: 'automatic' },
  start: true,
});

/** The server with a worker beside it, a campaign of so many experiments, and one that has a model and a million candidates. */
export async function openGround(experiments, smoke, say) {
  const ground = await openWithWorker({ logLevel: 'warn' }, (databaseUrl) =>
    buildCampaign(databaseUrl, experiments, say),
  );
  const input = manyCandidates(smoke ? perAxis.smoke : perAxis.whole);
  const { createCampaign } = await ground.query(
    'mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id } userErrors { message } } }',
    { input },
  );
  if (!createCampaign.campaign) throw new Error(JSON.stringify(createCampaign.userErrors));
  const { id } = createCampaign.campaign;
  const queued = await until(async () => {
    const { campaign } = await ground.query(
      'query ($id: ID!) { campaign(id: $id) { experiments(first: 50, states: [queued]) { nodes { id number point } } } }',
      { id },
    );
    return campaign.experiments.nodes.length >= results && campaign.experiments.nodes;
  });
  for (const { id: experimentId, number, point } of queued.slice(0, results)) {
    const share = (point.temperature + 2 * point.hours - point.pressure) / perAxis.whole;
    const measurement = { property, value: 10 ** (-5 + share + 0.1 * (number % 3)), unit: 'S/cm' };
    await ground.query(
      'mutation ($input: RecordMeasurementInput!) { recordMeasurement(input: $input) { userErrors { message } } }',
      { input: { experimentId, measurement, reason: 'for the bench' } },
    );
  }
  await until(async () => {
    const { campaign } = await ground.query('query ($id: ID!) { campaign(id: $id) { latestModel { id } } }', {
      id,
    });
    return campaign.latestModel !== null;
  });
  // What a planner would do meanwhile is not what is measured.
  await ground.query(
    'mutation ($id: ID!) { moveCampaign(input: { id: $id, to: paused }) { userErrors { message } } }',
    { id },
  );
  return { ...ground, candidatesId: id };
}

async function until(ask, seconds = 300) {
  for (const end = performance.now() + 1000 * seconds; performance.now() < end;) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((done) => setTimeout(done, 250));
  }
  throw new Error(`it did not come in ${seconds} s`);
}
