import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { summary } from './times.mjs';

const rows = `id number state label value prediction { mean sd }
  measurements { value unit status } attempts { state station { name } }`;

/** What dashboards ask, and how often each of so many is. */
const mix = [
  { of: 4, query: '{ campaigns(first: 20) { totalCount nodes { id name state spent best { value } } } }' },
  {
    of: 5,
    query: `query ($id: ID!) { campaign(id: $id) { id name state spent lastSeq counts { state count }
      waiting { proposals suspects } best { value experiment { number } }
      progress(points: 100) { experimentNumber value best } } }`,
  },
  {
    of: 5,
    query: `query ($id: ID!) { campaign(id: $id) { experiments(first: 20, orderBy: { by: value, descending: true }) {
      pageInfo { endCursor hasNextPage } nodes { ${rows} } } } }`,
  },
  {
    of: 3,
    query: 'query ($id: ID!) { campaign(id: $id) { audit(first: 20) { nodes { seq at actor summary } } } }',
  },
  {
    of: 2,
    query:
      '{ tasks(first: 20) { totalCount edges { node { id } } } stations(first: 20) { nodes { id name } } }',
  },
  { of: 1, query: '{ viewer { name role workspace } }' },
].flatMap(({ of, query }) => Array.from({ length: of }, () => query));

/** Questions at a steady rate, as they come and not as the last was answered: first at rest, then while models are fitted. */
export async function askWhileFitting(ground, { experiments, others = 0, rate, seconds }, say) {
  const ids = ground.campaignIds;
  const phase = async (name) => {
    say(`${rate} questions a second for ${seconds} s, ${name}`);
    const before = await ground.look();
    const own = monitorEventLoopDelay({ resolution: 5 });
    own.enable();
    const { times, failed } = await ask(ground, ids, rate, seconds);
    own.disable();
    const loop = await ground.look();
    const each = (1000 * (loop.cpu - before.cpu)) / times.length;
    const made = (loop.made - before.made) / times.length;
    return { ...summary(times), failed, each, made, loop, ownLoop: own.percentile(99) / 1e6 };
  };
  await ask(ground, ids, rate, Math.min(5, seconds));
  const atRest = await phase('with no fit under way');
  const fits = keepFitting(ground, ids[0]);
  await fits.begun;
  const fitting = await phase('while models are fitted');
  const { finished, running } = await fits.end();
  return { experiments, others, rate, seconds, atRest, fitting: { ...fitting, finished, running } };
}

async function ask(ground, ids, rate, seconds) {
  const times = [];
  let failed = 0;
  let why;
  const waiting = new Set();
  const began = performance.now();
  for (let number = 0; number < rate * seconds; number += 1) {
    const due = began + (1000 * number) / rate;
    const early = due - performance.now();
    if (early > 1) await sleep(early);
    const answer = ground
      .query(mix[(number * 7) % mix.length], { id: ids[Math.floor(number / mix.length) % ids.length] })
      // From when it was due: who comes while others wait, waits too.
      .then(() => times.push(performance.now() - due))
      .catch((error) => {
        failed += 1;
        why ??= error;
      })
      .finally(() => waiting.delete(answer));
    waiting.add(answer);
  }
  await Promise.all(waiting);
  if (why) console.error(`a question failed: ${why.message}`);
  return { times, failed };
}

/** One cross-validation of models after the other in the worker's thread, each of another kind, so that none is known already. */
function keepFitting(ground, campaignId) {
  const start = `mutation ($input: StartAnalysisInput!) { startAnalysis(input: $input) { analysis { id } userErrors { message } } }`;
  const look = `query ($id: ID!) { analysis(id: $id) { status error } }`;
  const state = { ended: false, finished: 0, running: false };
  let tell;
  const begun = new Promise((resolve) => (tell = resolve));
  const work = (async () => {
    for (let folds = 3; !state.ended; folds = folds === 20 ? 3 : folds + 1) {
      const models = [['gp'], ['forest'], ['boosting'], null][state.finished % 4];
      const request = { bench: { folds, ...(models && { models }) } };
      const { startAnalysis } = await ground.query(start, { input: { campaignId, request } });
      if (startAnalysis.userErrors.length > 0) throw new Error(startAnalysis.userErrors[0].message);
      for (;;) {
        const { analysis } = await ground.query(look, { id: startAnalysis.analysis.id });
        state.running = analysis.status === 'running';
        if (state.running) tell();
        if (state.ended) return;
        if (analysis.status === 'failed') throw new Error(`a fit failed: ${analysis.error}`);
        if (analysis.status === 'completed') break;
        await sleep(100);
      }
      state.finished += 1;
      tell();
    }
  })();
  return {
    begun: Promise.race([begun, work]),
    async end() {
      const { running } = state;
      state.ended = true;
      await work;
      return { finished: state.finished, running };
    },
  };
}
