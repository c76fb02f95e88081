import { apply, CampaignRecord, chain, emptyLog, hashOf, theLoop } from '../../libs/domain/dist/index.js';
import { randomIds, usualLab } from '../../libs/engine/dist/index.js';
import { Philox } from '../../libs/linalg/dist/index.js';
import { newDataSource } from '../../libs/persistence/dist/data-source.js';
import { attemptRow, attemptToRow } from '../../libs/persistence/dist/rows/attempt.js';
import { campaignRow, campaignToRow } from '../../libs/persistence/dist/rows/campaign.js';
import { eventRow, eventToRow } from '../../libs/persistence/dist/rows/event.js';
import { experimentRow, experimentToRow } from '../../libs/persistence/dist/rows/experiment.js';
import { measurementRow, measurementToRow } from '../../libs/persistence/dist/rows/measurement.js';
import { insertRows } from '../../libs/persistence/dist/statements/write-rows.js';

const batch = 2000;
const begin = Date.parse('2026-01-01T00:00:00.000Z');
const ada = { kind: 'person', name: 'ada' };
const robot = { kind: 'station', name: 'robot' };

const spec = {
  name: 'A long search',
  description: 'as long as ten years of a busy laboratory',
  space: {
    parameters: [
      { kind: 'continuous', name: 'temperature', min: 300, max: 1200, unit: 'K' },
      { kind: 'continuous', name: 'hours', min: 1, max: 48, unit: 'h' },
    ],
  },
  objectives: [{ property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' }],
  strategy: { name: 'auto', initial: 10 },
  budget: 10_000_000,
  parallel: 4,
  approval: 'automatic',
  seed: 'bench',
  lab: usualLab,
};

/**
 * A campaign in which so many experiments were made: each event is applied by the same function as in the server, and
 * the rows that it gives are inserted in large batches. It is over, so that no planner looks at it.
 */
export async function buildCampaign(databaseUrl, experiments, say) {
  const dataSource = await newDataSource({ url: databaseUrl, poolSize: 1 }).initialize();
  try {
    const life = new Life();
    life.happen(ada, { type: 'campaign.created', campaignId: life.id, spec });
    life.happen(ada, { type: 'campaign.moved', to: 'active', note: null });
    await write(dataSource, life, campaignRow);
    for (let number = 1; number <= experiments; number += 1) {
      life.experiment(number);
      if (number % batch === 0 || number === experiments) await write(dataSource, life);
      if (number % 20_000 === 0) say(`${number} experiments`);
    }
    life.happen(ada, { type: 'campaign.moved', to: 'completed', note: 'enough' });
    await write(dataSource, life);
    const { state, dataRevision, experiments: made } = life.campaign;
    await dataSource.query(
      `UPDATE campaign SET state = $2, data_revision = $3, experiments = $4, head_seq = $5, head_hash = $6,
         waiting_kind = NULL, waiting_since = NULL, waiting_deadline = NULL, waiting_owner = NULL WHERE id = $1`,
      [life.id, state, dataRevision, made, life.head.seq, life.head.hash],
    );
    await dataSource.query('VACUUM ANALYZE');
    return life.id;
  } finally {
    await dataSource.destroy();
  }
}

class Life {
  id = randomIds.next();
  head = emptyLog;
  campaign = null;
  rng = Philox.fromSeed('api bench');
  rows = { experiment: [], attempt: [], measurement: [] };
  events = [];

  happen(actor, event, record = this.recordOf()) {
    const at = new Date(begin + 1000 * (this.head.seq + 1)).toISOString();
    const recorded = chain(this.head, this.id, at, actor, event);
    apply(record, recorded);
    this.campaign = record.campaign;
    this.head = recorded;
    this.events.push(recorded);
  }

  /** Only the campaign is at hand: an experiment's own rows are all that its events touch. */
  recordOf() {
    const record = new CampaignRecord();
    if (this.campaign) record.load('campaign', this.campaign);
    return record;
  }

  experiment(number) {
    const record = this.recordOf();
    const happen = (actor, event) => this.happen(actor, event, record);
    const [experimentId, attemptId] = [randomIds.next(), randomIds.next()];
    const point = { temperature: 300 + 900 * this.rng.uniform(), hours: 1 + 47 * this.rng.uniform() };
    const specHash = hashOf(point);
    const experiment = {
      ...{ id: experimentId, number, point, specHash, origin: 'model', planId: null },
      prediction: { mean: -5 + this.rng.normal(), sd: 0.3 + this.rng.uniform() },
      acquisition: { name: 'log_ei', value: this.rng.normal() },
      reason: `Promising: ${point.temperature.toFixed(0)} K for ${point.hours.toFixed(1)} h.`,
    };
    happen(theLoop, { type: 'experiment.added', experiment });
    if (number % 1000 !== 0) {
      happen(ada, { type: 'experiment.approved', experimentId, specHash });
      happen(theLoop, { type: 'experiment.moved', experimentId, to: 'queued', note: null });
      const lease = { stationId: 'robot', bootId: 'boot', fence: 1, specHash };
      happen(robot, { type: 'attempt.leased', attemptId, experimentId, ...lease });
      happen(robot, { type: 'attempt.started', attemptId, deviceRunId: null });
      const failed = number % 50 === 0;
      const measurement = {
        ...{ id: randomIds.next(), property: 'ionic_conductivity', unit: 'S/cm', uncertainty: null },
        value: 10 ** (-5 + this.rng.normal()),
        ...{ conditions: {}, raw: {}, flags: number % 77 === 0 ? ['thin'] : [] },
      };
      happen(robot, {
        ...{ type: 'attempt.submitted', attemptId, note: null },
        outcome: failed ? 'failed_sample' : 'measured',
        measurements: failed ? [] : [measurement],
      });
      if (!failed) happen(theLoop, { type: 'attempt.accepted', attemptId, note: null });
    }
    for (const kind of Object.keys(this.rows)) this.rows[kind].push(...record.changes(kind));
  }
}

async function write(dataSource, life, first) {
  const toRow = experimentToRow(spec);
  const writes = [
    ...(first ? insertRows(dataSource, first, [campaignToRow(life.campaign, life.head, 'default')]) : []),
    ...insertRows(dataSource, experimentRow, life.rows.experiment.map(toRow)),
    ...insertRows(dataSource, attemptRow, life.rows.attempt.map(attemptToRow)),
    ...insertRows(dataSource, measurementRow, life.rows.measurement.map(measurementToRow)),
    ...insertRows(dataSource, eventRow, life.events.map(eventToRow)),
  ];
  for (const { text, values } of writes) await dataSource.query(text, [...values]);
  life.rows = { experiment: [], attempt: [], measurement: [] };
  life.events = [];
}
