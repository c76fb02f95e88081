// A campaign whose station measures each sample at several temperatures, over the GraphQL API alone: for pictures and for
// the browser's tests. Meanwhile the simulated stations are paused, which would take its samples, and other campaigns are
// not given out, whose samples it would take.

const zeroCelsius = 273.15;
const boltzmannEvPerK = 8.617333262e-5;
const temperaturesC = [25, 40, 60, 80, 100, 130, 160];

const campaign = {
  name: 'Doped garnet, temperature series',
  description: 'Each pellet is measured from 25 to 160 °C; what counts is the conductivity at 25 °C.',
  space: {
    parameters: [
      { kind: 'continuous', name: 'Ta', min: 0, max: 1 },
      { kind: 'continuous', name: 'sintering temperature', min: 1050, max: 1250, unit: '°C' },
      { kind: 'continuous', name: 'sintering time', min: 1, max: 24, scale: 'log', unit: 'h' },
    ],
  },
  objective: {
    property: 'ionic_conductivity',
    goal: 'maximise',
    transform: 'log10',
    unit: 'S/cm',
    temperatureC: 25,
  },
  parallel: 4,
  approval: 'automatic',
  start: true,
};

/** A made-up garnet: an optimum of doping and sintering, and a scatter that repeats. */
function conductivity(point, number, temperatureC) {
  const doping = (point['Ta'] - 0.4) / 0.35;
  const sintering = (point['sintering temperature'] - 1160) / 90;
  const time = (Math.log(point['sintering time']) - Math.log(8)) / 1.2;
  const energy = 0.28 + 0.07 * doping * doping + 0.03 * sintering * sintering;
  const kelvin = temperatureC + zeroCelsius;
  const scatter = 0.02 * Math.sin(12.9898 * number + 78.233 * temperatureC) + 0.12 * Math.sin(4.1 * number);
  return (
    (Math.exp(10.4 - 0.5 * sintering * sintering - 0.4 * time * time - energy / (boltzmannEvPerK * kelvin)) /
      kelvin) *
    (1 + scatter)
  );
}

/**
 * Measures so many samples; `ask(query, variables, secret)` gives the answer's data. With ten or more the last proposals are
 * sure to be made after there are results, whoever is faster: there is a model.
 */
export async function measureSeries(ask, admin, samples) {
  const { stations } = await ask('{ stations { nodes { id paused } } }', {}, admin);
  const others = stations.nodes.filter(({ paused }) => !paused).map(({ id }) => id);
  const pause = async (paused) => {
    for (const id of others)
      await ask(
        'mutation ($id: ID!, $paused: Boolean!) { pauseStation(input: { id: $id, paused: $paused }) { userErrors { message } } }',
        { id, paused },
        admin,
      );
  };
  const { campaigns } = await ask('{ campaigns(states: [active]) { nodes { id dispatch } } }', {}, admin);
  const dispatched = campaigns.nodes.filter(({ dispatch }) => dispatch);
  const dispatch = async (on) => {
    for (const { id } of dispatched)
      await ask(
        'mutation ($id: ID!, $on: Boolean!) { switchCampaign(input: { id: $id, dispatch: $on }) { userErrors { message } } }',
        { id, on },
        admin,
      );
  };
  await pause(true);
  await dispatch(false);
  const { createToken } = await ask(
    'mutation { createToken(input: { name: "furnace-1", role: lab, station: "furnace-1" }) { secret userErrors { message } } }',
    {},
    admin,
  );
  const { createCampaign } = await ask(
    'mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id } userErrors { message field } } }',
    { input: { ...campaign, budget: samples, initial: Math.ceil(samples / 2) } },
    admin,
  );
  if (createCampaign.campaign === null) throw new Error(JSON.stringify(createCampaign.userErrors));
  const station = { ask, secret: createToken.secret, bootId: 'boot-1' };
  await verb(station, 'labRegister', 'stationId', {
    station: 'furnace-1',
    properties: ['ionic_conductivity'],
  });
  for (let made = 0, tries = 0; made < samples; tries += 1) {
    if (tries > 20 * samples) throw new Error(`only ${made} of ${samples} samples were offered`);
    const { assignments } = await verb(
      station,
      'labClaim',
      'assignments { attemptId campaignId experimentNumber fence specHash spec }',
      { max: 1, wait: 2, idempotencyKey: `claim-${tries}` },
    );
    for (const assignment of assignments) {
      await measure(station, assignment);
      made += 1;
      // Of some a second one is made.
      if (made <= samples / 4) await again(ask, admin, assignment);
    }
  }
  await dispatch(true);
  await pause(false);
  return createCampaign.campaign.id;
}

/** The same point once more, as somebody would ask for it to learn how well a result repeats. */
async function again(ask, admin, { campaignId, spec }) {
  const { addExperiment } = await ask(
    'mutation ($input: AddExperimentInput!) { addExperiment(input: $input) { experiment { id state } userErrors { message } } }',
    { input: { campaignId, point: spec.point, reason: 'To learn how well a result repeats' } },
    admin,
  );
  const { experiment, userErrors } = addExperiment;
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  if (experiment.state !== 'proposed') return;
  await ask(
    'mutation ($ids: [ID!]!) { approveExperiments(input: { ids: $ids }) { userErrors { message } } }',
    { ids: [experiment.id] },
    admin,
  );
}

async function measure(station, { attemptId, experimentNumber, fence, specHash, spec }) {
  await verb(station, 'labStart', 'attemptId', { attemptId, fence, specHash });
  await verb(station, 'labSubmit', 'attemptId', {
    attemptId,
    fence,
    specHash,
    idempotencyKey: `result-${attemptId}`,
    outcome: 'measured',
    measurements: [
      {
        property: 'ionic_conductivity',
        series: temperaturesC.map((temperatureC) => ({
          temperatureC,
          value: conductivity(spec.point, experimentNumber, temperatureC),
          unit: 'S/cm',
        })),
      },
    ],
  });
}

async function verb({ ask, secret, bootId }, name, fields, input) {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const data = await ask(
    `mutation ($input: ${type}Input!) { ${name}(input: $input) { ${fields} userErrors { message field } } }`,
    { input: { bootId, ...input } },
    secret,
  );
  const answer = data[name];
  if (answer.userErrors.length > 0) throw new Error(`${name}: ${JSON.stringify(answer.userErrors)}`);
  return answer;
}
