import {
  claim,
  createCampaign,
  moveCampaign,
  reconcile,
  registerStation,
  startAttempt,
  submit,
} from '../../libs/engine/dist/index.js';
import { Philox } from '../../libs/linalg/dist/index.js';

const ada = { kind: 'person', name: 'ada' };
const voice = { station: 'robot', bootId: 'boot' };
const atOnce = 10;

/** Planned by the planner itself, ten at a time, and measured by a formula with noise. */
export async function runCampaign(engine, planner, experiments, say) {
  const { id } = await createCampaign(engine, ada, {
    name: 'To be verified',
    space: {
      parameters: [
        { kind: 'continuous', name: 'temperature', min: 300, max: 1200, unit: 'K' },
        { kind: 'continuous', name: 'hours', min: 1, max: 48, unit: 'h' },
      ],
    },
    objective: { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' },
    strategy: 'gp-ucb',
    initial: 2 * atOnce,
    budget: experiments,
    parallel: atOnce,
    approval: 'automatic',
    seed: 'verify bench',
  });
  await moveCampaign(engine, ada, id, 'active');
  await registerStation(engine, { ...voice, properties: ['ionic_conductivity'], schemaVersion: 1 });
  const noise = Philox.fromSeed('verify bench/noise');
  for (let done = 0; done < experiments;) {
    await reconcile(engine, planner, id);
    const assignments = await claim(engine, voice, { idempotencyKey: `claim-${done}`, max: atOnce });
    if (assignments.length === 0) throw new Error(`nothing to claim after ${done} experiments`);
    for (const { attemptId, fence, specHash, spec } of assignments) {
      await startAttempt(engine, voice, { attemptId, fence, specHash });
      const { temperature, hours } = spec.point;
      const value = -5 - ((temperature - 850) / 250) ** 2 - ((hours - 20) / 15) ** 2 + 0.05 * noise.normal();
      await submit(engine, voice, {
        ...{ attemptId, fence, idempotencyKey: `result-${attemptId}`, outcome: 'measured' },
        measurements: [{ property: 'ionic_conductivity', value: 10 ** value, unit: 'S/cm' }],
      });
      done += 1;
    }
    if (done % 100 === 0) say(`${done} experiments`);
  }
  await reconcile(engine, planner, id);
  return id;
}
