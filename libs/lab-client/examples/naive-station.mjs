// How a station is often written first: it asks, makes, posts, and hopes. Here to be shown failing by `ionloop conform`; do not
// build on it. It keeps nothing on disk, draws a new key for every try, never beats, and starts over after any error.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

const { IONLOOP_URL, IONLOOP_TOKEN, IONLOOP_STATION, IONLOOP_RUN_SECONDS = '2' } = process.env;

async function post(path, body) {
  const response = await fetch(`${IONLOOP_URL}/lab/v1${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${IONLOOP_TOKEN}`,
      'ionloop-boot': 'naive',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.json();
}

async function makeOne() {
  const { assignments } = await post('/claim', { max: 1, wait: 0.5 });
  for (const { attemptId, fence, specHash, spec } of assignments) {
    await post(`/attempts/${attemptId}/start`, { fence, specHash });
    await delay(1000 * Number(IONLOOP_RUN_SECONDS));
    const measurements = [{ property: spec.property, value: 1e-4, unit: spec.unit }];
    await post(`/attempts/${attemptId}/submit`, { fence, outcome: 'measured', measurements });
  }
}

for (;;) {
  try {
    const station = { station: IONLOOP_STATION, bootId: 'naive', schemaVersion: 1 };
    await post('/register', { ...station, properties: ['ionic_conductivity'] });
    for (;;) await makeOne();
  } catch (error) {
    console.log(`starting over: ${error}`);
    await delay(200);
  }
}
