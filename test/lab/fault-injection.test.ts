import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { IonloopError } from '@ionloop/domain';
import * as face from '@ionloop/engine';
import type { Engine } from '@ionloop/engine';
import { pause, TestLoop } from '@ionloop/engine/testing';
import { type Fault, InjectedFault } from './faulty-store.js';
import { type LabDatabase, openLabDatabase, planner, type Server, startServer } from './servers.js';
import { soundVerbs } from './verbs.js';

type Request = (engine: Engine) => Promise<unknown>;
/** Brings the record to where the request makes sense; the request is the same however often it is sent. */
type Prepare = (loop: TestLoop) => Promise<{ readonly campaignId: string; readonly request: Request }>;

const why = 'a reason';
const point = { composition: { Li3PO4: 0.25, Li3BO3: 0.15, Li2SO4: 0.6 } };
const byHand = { property: 'ionic_conductivity', value: 2e-4, unit: 'S/cm' };
const narrow = {
  parameters: [
    {
      kind: 'mixture',
      name: 'composition',
      step: 0.05,
      components: [{ name: 'Li3PO4', min: 0.2 }, { name: 'Li3BO3' }, { name: 'Li2SO4' }],
    },
  ],
};
const papers = {
  fileName: 'papers.csv',
  text: 'Li3PO4,Li3BO3,Li2SO4,ionic_conductivity\n0.2,0.2,0.6,1e-5\n0.5,0.1,0.4,3e-5',
};
const { person } = new TestLoop({} as Engine, planner);

const first = async (loop: TestLoop, change = {}) => {
  const { id } = await loop.campaign(change);
  const [experiment] = await loop.engine.store.read.experiments(id);
  return { id, experimentId: experiment?.id ?? '' };
};
const started = async (loop: TestLoop) => {
  const { id } = await loop.campaign();
  const robot = await loop.station();
  return { id, robot, work: await loop.startOne(robot) };
};
const doubtful = async (loop: TestLoop) => {
  const { id, robot, work } = await started(loop);
  const result = loop.measured(work);
  const measurements = result.measurements.map((one) => ({ ...one, suspect: why }));
  await face.submit(loop.engine, robot, { ...result, measurements });
  return { id, attemptId: work.attemptId };
};

const mutations: Readonly<Record<string, Prepare>> = {
  approveExperiments: async (loop) => {
    const { id, experimentId } = await first(loop, { approval: 'manual' });
    return { campaignId: id, request: (e) => face.approveExperiments(e, person, [experimentId]) };
  },
  rejectExperiment: async (loop) => {
    const { id, experimentId } = await first(loop, { approval: 'manual' });
    return { campaignId: id, request: (e) => face.rejectExperiment(e, person, experimentId, why) };
  },
  cancelExperiment: async (loop) => {
    const { id, work } = await started(loop);
    return { campaignId: id, request: (e) => face.cancelExperiment(e, person, work.experimentId, why) };
  },
  withdrawApproval: async (loop) => {
    const { id, experimentId } = await first(loop);
    return { campaignId: id, request: (e) => face.withdrawApproval(e, person, experimentId, why) };
  },
  editExperiment: async (loop) => {
    const { id, experimentId } = await first(loop);
    const edit = { id: experimentId, point, reason: why };
    return { campaignId: id, request: (e) => face.editExperiment(e, person, edit) };
  },
  addExperiment: async (loop) => {
    const { id } = await loop.campaign();
    const added = { campaignId: id, point, reason: why, idempotencyKey: `add-${id}` };
    return { campaignId: id, request: (e) => face.addExperiment(e, person, added) };
  },
  addReplicates: async (loop) => {
    const { id, experimentId } = await first(loop);
    const added = { experimentId, count: 2, reason: why, idempotencyKey: `again-${id}` };
    return { campaignId: id, request: (e) => face.addReplicates(e, person, added) };
  },
  reorderExperiments: async (loop) => {
    const { id } = await loop.campaign();
    const ids = (await loop.engine.store.read.experiments(id)).map((one) => one.id).reverse();
    const order = { campaignId: id, ids };
    return { campaignId: id, request: (e) => face.reorderExperiments(e, person, order) };
  },
  withdrawRejection: async (loop) => {
    const { id, experimentId } = await first(loop, { approval: 'manual' });
    await face.rejectExperiment(loop.engine, person, experimentId, why);
    return { campaignId: id, request: (e) => face.withdrawRejection(e, person, experimentId, why) };
  },
  restoreExperiment: async (loop) => {
    const { id, experimentId } = await first(loop);
    await face.cancelExperiment(loop.engine, person, experimentId, why);
    return { campaignId: id, request: (e) => face.restoreExperiment(e, person, experimentId, why) };
  },
  recordMeasurement: async (loop) => {
    const { id, experimentId } = await first(loop);
    const recorded = { experimentId, measurement: byHand, reason: why, idempotencyKey: `by-hand-${id}` };
    return { campaignId: id, request: (e) => face.recordMeasurement(e, person, recorded) };
  },
  supersedeMeasurement: async (loop) => {
    const { id, robot, work } = await started(loop);
    const { measurementIds } = await face.submit(loop.engine, robot, loop.measured(work));
    const [measurementId = ''] = measurementIds;
    const corrected = { measurementId, measurement: byHand, reason: why, idempotencyKey: `corrected-${id}` };
    return { campaignId: id, request: (e) => face.supersedeMeasurement(e, person, corrected) };
  },
  updateCampaign: async (loop) => {
    const { id } = await loop.campaign();
    const update = { id, change: { strategy: 'gp-ucb', space: narrow }, reason: why };
    return { campaignId: id, request: (e) => face.updateCampaign(e, person, update) };
  },
  askForProposals: async (loop) => {
    const { id } = await loop.campaign();
    const asked = { campaignId: id, count: 2, reason: why, idempotencyKey: `ask-${id}` };
    return { campaignId: id, request: (e) => face.askForProposals(e, person, asked) };
  },
  addKnowledge: async (loop) => {
    const { id } = await loop.campaign();
    const added = { campaignId: id, table: papers, idempotencyKey: `knowledge-${id}` };
    return { campaignId: id, request: (e) => face.addKnowledge(e, person, added) };
  },
  removeKnowledge: async (loop) => {
    const { id } = await loop.campaign();
    const known = await face.addKnowledge(loop.engine, person, { campaignId: id, table: papers });
    const removed = { campaignId: id, id: known.id, reason: why };
    return { campaignId: id, request: (e) => face.removeKnowledge(e, person, removed) };
  },
  moveCampaign: async (loop) => {
    const { id } = await loop.campaign();
    return { campaignId: id, request: (e) => face.moveCampaign(e, person, id, 'paused') };
  },
  switchCampaign: async (loop) => {
    const { id } = await loop.campaign();
    return { campaignId: id, request: (e) => face.switchCampaign(e, person, id, { dispatch: false }) };
  },
  assignTask: async (loop) => {
    const { id } = await loop.campaign({ approval: 'manual', parallel: 1 });
    const [task = ''] = await tasksOf(loop, id);
    const to = { owner: 'person:grace', idempotencyKey: `assign-${id}` };
    return { campaignId: id, request: (e) => face.assignTask(e, person, task, to) };
  },
  extendTask: async (loop) => {
    const { id } = await loop.campaign({ approval: 'manual', parallel: 1 });
    const [task = ''] = await tasksOf(loop, id);
    const by = { seconds: 600, idempotencyKey: `extend-${id}` };
    return { campaignId: id, request: (e) => face.extendTask(e, person, task, by) };
  },
  sweepTasks: async (loop) => {
    // After one the operator is asked, and nobody else: however long the machine takes, there is no second.
    const lab = { taskSeconds: 0.5, taskOwner: `person:${person.name}` };
    const { id } = await loop.campaign({ approval: 'manual', parallel: 1, lab });
    await pause(550);
    return { campaignId: id, request: (e) => face.sweepTasks(e, id) };
  },
  decideResult: async (loop) => {
    const { id, attemptId } = await doubtful(loop);
    return { campaignId: id, request: (e) => face.decideResult(e, person, attemptId, 'accept', why) };
  },
  decideMeasurement: async (loop) => {
    const { id, robot, work } = await started(loop);
    const { measurementIds } = await face.submit(loop.engine, robot, loop.measured(work));
    const [measurement = ''] = measurementIds;
    return {
      campaignId: id,
      request: (e) => face.decideMeasurement(e, person, measurement, 'excluded', why),
    };
  },
  claim: async (loop) => {
    const { id } = await loop.campaign();
    const robot = await loop.station();
    const request = { idempotencyKey: `claim-${id}`, max: 2 };
    return { campaignId: id, request: (e) => face.claim(e, robot, request) };
  },
  startAttempt: async (loop) => {
    const { id } = await loop.campaign();
    const robot = await loop.station();
    const work = await loop.claimOne(robot);
    return { campaignId: id, request: (e) => face.startAttempt(e, robot, work) };
  },
  heartbeat: async (loop) => {
    const { id, robot, work } = await started(loop);
    return { campaignId: id, request: (e) => face.heartbeat(e, robot, [{ attemptId: work.attemptId }]) };
  },
  submit: async (loop) => {
    const { id, robot, work } = await started(loop);
    const result = { ...loop.measured(work), idempotencyKey: `submit-${id}` };
    return { campaignId: id, request: (e) => face.submit(e, robot, result) };
  },
  sweepLeases: async (loop) => {
    const { id } = await started(loop);
    return { campaignId: id, request: (e) => face.sweepLeases(e, id) };
  },
  planOnce: async (loop) => {
    const { id } = await loop.campaign({ parallel: 1, budget: 20 });
    const robot = await loop.station();
    await loop.runOne(robot);
    return { campaignId: id, request: (e) => face.planOnce(e, planner, id) };
  },
};

const tasksOf = async ({ engine }: TestLoop, campaignId: string): Promise<readonly string[]> =>
  (await engine.store.read.tasks({ campaignId }, { first: 9 })).map(({ subject }) => face.taskId(subject));

/** What changes nothing of a campaign, or is played elsewhere: each with where. */
const elsewhere: Readonly<Record<string, string>> = {
  createCampaign: 'below, as there is no campaign before it',
  appendPartial: 'its answer tells the first time from the second: the random stories',
  resolveSuspect: 'needs the clock: the random stories',
  requeueExperiment: 'needs three faults: the random stories',
  registerStation: 'the random stories',
  reconcile: 'made of planOnce, sweepLeases and sweepTasks; the random stories',
  uploadArtifact:
    'bytes under their own hash, of no campaign: torn and told again in apps/api/test/artifacts.test.ts',
  startScreen: 'test/e2e/screening.test.ts: a screen is a record of its own, killed and taken up again there',
  cancelScreen: 'test/e2e/screening.test.ts',
  advanceScreen: 'test/e2e/screening.test.ts',
  screenChunk: 'test/e2e/screening.test.ts',
  reviveScreens: 'test/e2e/screening.test.ts',
  importHistory: 'a stream: killed in the middle in libs/persistence/test/import-killed.test.ts',
  uploadImport: 'an import is a record of its own: libs/engine/src/testing/import-contract.ts',
  previewImport: 'libs/engine/src/testing/import-contract.ts',
  startImport: 'libs/engine/src/testing/import-contract.ts',
  cancelImport: 'libs/engine/src/testing/import-contract.ts',
  runImport: 'libs/engine/src/testing/import-contract.ts: its worker dies twice there, and goes on',
  reviveImports: 'libs/engine/src/testing/import-contract.ts',
  restoreBundle: 'makes campaigns of a file: libs/engine/src/testing/exchange-contract.ts',
  startAnalysis: 'an analysis is a record of its own: test/e2e/analyses.test.ts and its contract',
  cancelAnalysis: 'test/e2e/analyses.test.ts and the contract of analyses',
  runAnalysis: 'test/e2e/analyses.test.ts and the contract of analyses',
  reviveAnalyses: 'test/e2e/analyses.test.ts and the contract of analyses',
  createWorkspace: 'of no campaign: apps/api/test/isolation.test.ts',
  pauseStation: 'of no campaign: apps/api/test/lab-graphql.test.ts',
  revokeToken: 'of no campaign: apps/api/test/access.test.ts',
};
const changesNothing = [
  ...['authenticate', 'campaignsToLookAt', 'describeEvent', 'exchangeOneTime', 'issueToken', 'labSpecs'],
  ...['issueTokenOnce', 'quietEngine'],
  ...[
    'InMemoryStore',
    'planRequestOf',
    'specAsJson',
    'specHashOf',
    'byDeadline',
    'PlanningFailed',
    'matches',
    'placeOf',
    'taskId',
    'taskOf',
    'taskSubject',
    'observationsOf',
    'screenProgress',
    'tallyOf',
    'trainingHash',
    'verifyCampaign',
    'wanted',
  ],
  ...['InMemoryArtifactFiles', 'WrongOffset', 'checkHash', 'checkMediaType', 'checkSchemaVersion'],
  ...['checksumMismatch', 'decimated', 'readSpectrum', 'spectrumOf'],
  ...['AnalysisUnwanted', 'inputOf', 'parseAnalysis', 'questionOf', 'valueOfResults'],
  ...['byTime', 'countsIn', 'ofEach', 'pageIn', 'pagesInTime'],
  ...['campaignVolumes', 'frontOf', 'keepsLimits', 'limitsKept', 'meritOf', 'meritOnScale', 'meritsOf'],
  ...['costSoFar', 'isCostSpent', 'observedIn', 'standingOf', 'valuesOf', 'volumeOf', 'volumesOf'],
  ...['observedElsewhere', 'rowsOfTable'],
  ...['ImportUnwanted', 'isUnderWay'],
  ...['BadRows', 'checkBundle', 'checkHistory', 'exportBundle', 'exportCsv', 'exportJsonLd'],
  ...['gunzipped', 'gzipped', 'linesOf', 'readTar', 'writeTar'],
  ...['InMemoryBuckets', 'ScopedStore', 'Within', 'takeFrom'],
];

describe('every mutation, failing before its commit and after it', () => {
  let database: LabDatabase;
  let server: Server;
  let loop: TestLoop;

  beforeAll(async () => {
    database = await openLabDatabase();
    server = await startServer(database.url, soundVerbs);
    loop = new TestLoop(server.engine, planner);
  });
  afterAll(async () => {
    await server.close();
    await database.close();
  });
  afterEach(async () => {
    server.store.arm('none');
    for (const { id } of await server.engine.store.read.campaigns({ states: ['active', 'paused'] }))
      await face.moveCampaign(server.engine, person, id, 'archived');
  });

  it('is one of these: no use case is left out', () => {
    const functions = Object.entries(face).flatMap(([name, value]) =>
      typeof value === 'function' ? [name] : [],
    );
    const known = [...Object.keys(mutations), ...Object.keys(elsewhere), ...changesNothing];
    expect(functions.sort()).toEqual(known.sort());
  });

  const struckBy = async (fault: Fault, prepare: Prepare) => {
    const { campaignId, request } = await prepare(loop);
    const seq = (): Promise<number> => server.engine.store.read.lastSeq(campaignId);
    const before = await seq();
    server.store.arm(fault);
    await expect(request(server.engine)).rejects.toBeInstanceOf(InjectedFault);
    return { before, struck: await seq(), seq, again: () => request(server.engine) };
  };

  it.each(Object.entries(mutations))('%s, failing before its commit, leaves nothing', async (_, prepare) => {
    const { before, struck, again } = await struckBy('fails before commit', prepare);
    expect(struck).toBe(before);
    await again();
  });

  it.each(Object.entries(mutations))(
    '%s, told again after it was done, does nothing twice',
    async (_, prepare) => {
      const { struck, seq, again } = await struckBy('commits, then times out', prepare);
      const answer = await again().catch((error: unknown) => error);
      // A decision that is made already says so.
      if (answer instanceof Error) expect(answer).toMatchObject({ code: 'INVALID_STATE' });
      if (answer instanceof Error) expect(answer).toBeInstanceOf(IonloopError);
      expect(await seq()).toBe(struck);
    },
  );

  it.each(['fails before commit', 'commits, then times out'] as const)(
    'createCampaign that %s makes one campaign of a repeated request',
    async (fault) => {
      const input = face.campaignTemplates[0]?.input;
      const create = () => face.createCampaign(server.engine, person, input, fault);
      server.store.arm(fault);
      await create().catch((error: unknown) => expect(error).toBeInstanceOf(InjectedFault));
      const { id } = await create();
      expect((await create()).id).toBe(id);
    },
  );
});
