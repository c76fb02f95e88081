/**
 * A campaign on the engine itself, with the record in memory: proposals are planned, claimed, started and handed in as a station does it, and some of what is handed in is a failed
 * sample or an instrument's fault. Time and ids are counted, so that the same record comes out each time.
 */
import {
  claim,
  createCampaign,
  exportCsv,
  exportJsonLd,
  InMemoryStore,
  moveCampaign,
  quietEngine,
  reconcile,
  registerStation,
  startAttempt,
  submit,
  verifyCampaign,
} from '@ionloop/engine';
import { Philox } from '@ionloop/linalg';
import { plan, plannerVersion } from '@ionloop/planner';
import { fromModelScale } from '../support/campaign.mjs';
import { crystallises, noise, truth } from './lab.mjs';

const ada = { kind: 'person', name: 'ada' };
const voice = { station: 'furnace', bootId: 'first' };

function counted() {
  let [ids, seconds] = [0, 0];
  return {
    ids: { next: () => `id-${String((ids += 1)).padStart(6, '0')}`, secret: () => 'not used' },
    clock: () => new Date(Date.UTC(2026, 0, 1) + 1000 * (seconds += 1)),
  };
}

export async function recorded(input) {
  const { ids, clock } = counted();
  const lab = { heartbeatSeconds: 1e5, leaseSeconds: 1e6, suspectSeconds: 1e6, attemptCap: 3 };
  const engine = quietEngine(new InMemoryStore(clock), { ids, lab });
  const planner = { version: plannerVersion, plan: (request) => Promise.resolve(plan(request)) };
  const rng = Philox.fromSeed('furnace');
  const { id } = await createCampaign(engine, ada, input);
  await moveCampaign(engine, ada, id, 'active');
  await registerStation(engine, { ...voice, properties: ['ionic_conductivity'], schemaVersion: 1 });
  for (let round = 0, key = 0; round < 3 * input.budget; round++) {
    await reconcile(engine, planner, id);
    const work = await claim(engine, voice, { idempotencyKey: `claim ${(key += 1)}`, max: 1 });
    if (work.length === 0) break;
    for (const assignment of work) {
      await startAttempt(engine, voice, assignment);
      await submit(engine, voice, {
        attemptId: assignment.attemptId,
        fence: assignment.fence,
        idempotencyKey: `result ${(key += 1)}`,
        ...outcomeOf(assignment, rng.split(`${key}`)),
      });
    }
  }
  const jsonLd = [];
  for await (const part of exportJsonLd(engine.store.read, id, { license: 'CC-BY-4.0', creator: 'Ada' }))
    jsonLd.push(part);
  const csv = [];
  for await (const part of exportCsv(engine.store.read, id)) csv.push(part);
  return {
    document: JSON.parse(jsonLd.join('')),
    csv: csv.join(''),
    verdict: await verifyCampaign(engine.store.read, planner, id),
  };
}

/** A failed sample, an instrument that broke, or a measurement: three different things. */
function outcomeOf({ spec: { point } }, rng) {
  if (rng.uniform() < 0.08) return { outcome: 'instrument_fault', note: 'no contact', measurements: [] };
  if (crystallises(point)) return { outcome: 'failed_sample', note: 'crystallised', measurements: [] };
  const value = truth(point) * fromModelScale(noise * rng.normal(), 'log10');
  return { outcome: 'measured', measurements: [{ property: 'ionic_conductivity', value, unit: 'S/cm' }] };
}
