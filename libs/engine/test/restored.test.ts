import { beforeEach, describe, expect, it } from '@jest/globals';
import { type CampaignEvent, type TaskSubject, theLoop } from '@ionloop/domain';
import { createHash } from 'node:crypto';
import {
  type Engine,
  exportBundle,
  InMemoryArtifactFiles,
  InMemoryStore,
  type Piece,
  type ReplayTransaction,
  restoreBundle,
} from '../src/index.js';
import { fetchTouched } from '../src/restore/touched.js';
import { stream, whole } from '../src/testing/archives.js';
import { newAttachment, StoreStory } from '../src/testing/store-story.js';
import { newEngine } from './questions.js';

/** Files that tell what they were given. */
class ToldFiles extends InMemoryArtifactFiles {
  readonly told: Piece[] = [];

  override receive(piece: Piece, content: AsyncIterable<Uint8Array>) {
    this.told.push(piece);
    return super.receive(piece, content);
  }
}

const noon = new Date('2026-11-22T12:00:00.000Z');
const clock = () => noon;
const spectrum = Buffer.from('frequency,real,imaginary\n1,2,3\n');
const sha256 = createHash('sha256').update(spectrum).digest('hex');
const piece = { sha256, owner: 'robot', offset: 0, total: spectrum.length };

let here: InMemoryStore;
let story: StoreStory;
let shelf: InMemoryArtifactFiles;
let there: Engine;
let woken: string[];

beforeEach(async () => {
  here = new InMemoryStore(() => new Date());
  story = new StoreStory(here);
  shelf = new InMemoryArtifactFiles(clock);
  await shelf.receive(piece, stream(spectrum));
  await here.artifacts.add({ sha256, bytes: 31, mediaType: 'text/csv', station: 'robot', tokenId: 'token' });
  woken = [];
  const wake = (id: string) => Promise.resolve(void woken.push(id));
  there = { ...newEngine(clock), wakeUps: { wake } };
});

async function restored(campaignId: string, files = new InMemoryArtifactFiles(clock), workspace?: string) {
  const bundle = await whole(await exportBundle(here, shelf, campaignId));
  return restoreBundle(there, files, () => stream(bundle), workspace);
}

async function withSpectrum(): Promise<string> {
  const campaignId = await story.activeCampaign();
  const attemptId = await story.started(campaignId);
  await story.about(campaignId, attemptId, (tx) => {
    const artifacts = [newAttachment({ sha256 })];
    const result = { outcome: 'failed_sample' as const, note: null, measurements: [], artifacts };
    tx.append({ type: 'attempt.submitted', attemptId, ...result });
  });
  return campaignId;
}

describe('a campaign that is brought back', () => {
  it('is told of, is in the workspace that is wanted, and is looked after at once', async () => {
    const campaignId = await story.everything();
    const events = await here.read.lastSeq(campaignId);
    const [last] = await here.read.events(campaignId, events - 1, 1);
    expect(await restored(campaignId, undefined, 'physics')).toEqual({
      ...{ campaignId, name: 'Glasses', events, headHash: last?.hash, artifacts: 0, isNew: true },
    });
    expect(await there.store.workspaces.ofCampaign(campaignId)).toBe('physics');
    expect(woken).toEqual([campaignId]);
  });

  it('has every row that it had', async () => {
    const campaignId = await story.everything();
    await restored(campaignId);
    const [before, after] = [here.read, there.store.read];
    expect(await after.campaign(campaignId)).toEqual(await before.campaign(campaignId));
    const experiments = await after.experiments(campaignId);
    expect(experiments).toEqual(await before.experiments(campaignId));
    const ids = experiments.map(({ id }) => id);
    expect(await after.attempts(ids)).toEqual(await before.attempts(ids));
    expect(await after.measurements(campaignId)).toEqual(await before.measurements(campaignId));
    expect(await after.knowledge([campaignId])).toEqual(await before.knowledge([campaignId]));
    expect(await after.plans(campaignId)).toEqual(await before.plans(campaignId));
    const [model] = await before.models(campaignId);
    expect(await after.models(campaignId)).toEqual([model]);
    expect(await after.modelBody(model?.id ?? '')).toEqual({ lengthscale: 0.1, weights: [1e-7, 0.1 + 0.2] });
  });

  it('has its artifacts, in its workspace', async () => {
    const files = new ToldFiles(clock);
    expect(await restored(await withSpectrum(), files, 'physics')).toMatchObject({ artifacts: 1 });
    expect(files.told).toEqual([{ sha256, owner: 'a bundle', offset: 0, total: spectrum.length }]);
    expect(await whole(await files.read(sha256))).toEqual(spectrum);
    expect(await there.store.artifacts.find([sha256], 'physics')).toEqual([
      {
        ...{ sha256, bytes: spectrum.length, mediaType: 'text/csv', station: 'robot', tokenId: 'token' },
        ...{ workspace: 'physics', uploadedAt: noon.toISOString() },
      },
    ]);
    expect(await there.store.artifacts.find([sha256])).toEqual([]);
  });

  it('leaves an artifact alone whose bytes are there already', async () => {
    const files = new ToldFiles(clock);
    await files.receive(piece, stream(spectrum));
    await restored(await withSpectrum(), files);
    expect(files.told).toEqual([piece]);
    expect(await there.store.artifacts.find([sha256])).toMatchObject([{ sha256, bytes: spectrum.length }]);
  });

  it('is written out as it is read, so that a long log needs no memory', async () => {
    const campaignId = await story.activeCampaign();
    await story.step(campaignId, (tx) => {
      for (let i = 0; i < 4009; i += 1) {
        tx.append({ type: 'campaign.switched', proposing: i % 2 === 0, dispatch: true });
      }
    });
    const after: number[] = [];
    const { store } = there;
    const restore = store.restore.bind(store);
    store.restore = (id, work, workspace) =>
      restore(
        id,
        (tx) => {
          let seq = 0;
          const replay = tx.replay.bind(tx);
          const told: ReplayTransaction = Object.assign(tx, {
            replay: (recorded: Parameters<typeof replay>[0]) => {
              seq = recorded.seq;
              replay(recorded);
            },
            writeOut: () => Promise.resolve(void after.push(seq)),
          });
          return work(told);
        },
        workspace,
      );
    expect(await restored(campaignId)).toMatchObject({ events: 4011 });
    expect(after).toEqual([2000, 4000, 4011]);
  });
});

describe('a campaign that is here already', () => {
  it('is left as it is where it is the same', async () => {
    const campaignId = await story.everything();
    const first = await restored(campaignId);
    expect(await restored(campaignId)).toEqual({ ...first, isNew: false });
    expect(woken).toEqual([campaignId]);
  });

  it('is refused where it lies in another workspace', async () => {
    const campaignId = await story.campaign();
    await restored(campaignId);
    await expect(restored(campaignId, undefined, 'physics')).rejects.toMatchObject({
      code: 'CONFLICT',
      message: `campaign ${campaignId} is here already, in the workspace default`,
    });
  });

  it.each([
    ['went on elsewhere', false],
    ['has gone another way', true],
  ])('is refused where it %s', async (_, both) => {
    const campaignId = await story.campaign();
    await restored(campaignId);
    await story.step(campaignId, (tx) => tx.append({ type: 'campaign.moved', to: 'active', note: null }));
    if (both) {
      await there.store.transact(campaignId, theLoop, (tx) => {
        tx.append({ type: 'campaign.moved', to: 'active', note: 'another' });
        return Promise.resolve();
      });
    }
    await expect(restored(campaignId)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: `campaign ${campaignId} is here already, and its log is another one than the bundle's`,
    });
  });
});

describe('an attempt in a station’s hands', () => {
  type Step = 'started' | 'suspected' | 'resumed' | 'expired' | 'aborted' | 'submitted' | 'late';
  const eventOf = (step: Step, attemptId: string): CampaignEvent => {
    const result = { outcome: 'failed_sample' as const, measurements: [] };
    const note = 'a note';
    switch (step) {
      case 'started':
        return { type: 'attempt.started', attemptId, deviceRunId: null };
      case 'resumed':
        return { type: 'attempt.resumed', attemptId };
      case 'suspected':
      case 'expired':
        return { type: `attempt.${step}`, attemptId, note };
      case 'aborted':
        return { type: 'attempt.aborted', attemptId, outcome: null, note };
      case 'submitted':
      case 'late':
        return { type: `attempt.${step}`, attemptId, note, ...result };
    }
  };

  it.each<[readonly Step[], number | null]>([
    [[], 60],
    [['started'], 1800],
    [['started', 'suspected', 'resumed'], 1800],
    [['expired'], null],
    [['started', 'suspected'], null],
    [['started', 'aborted'], null],
    [['started', 'submitted'], null],
    [['expired', 'late'], null],
  ])('that was claimed and %j has so many seconds from now on: %j', async (steps, seconds) => {
    const campaignId = await story.activeCampaign();
    const attemptId = await story.leased(campaignId, await story.queued(campaignId));
    for (const step of steps) {
      await story.about(campaignId, attemptId, (tx) => tx.append(eventOf(step, attemptId)));
    }
    await restored(campaignId);
    const deadline = new Date(noon.getTime() + 1000 * (seconds ?? 0));
    const lease = { attemptId, campaignId, deadline, lastSeen: noon, stage: null, progress: null };
    expect(await there.store.read.leases([attemptId])).toEqual(seconds === null ? [] : [lease]);
  });
});

describe('the rows that an event changes', () => {
  const fetchedFor = (campaignId: string, event: CampaignEvent): Promise<readonly string[]> =>
    here.transact(campaignId, theLoop, async (tx) => {
      const told: string[] = [];
      await fetchTouched(
        {
          experiment: (id) => (told.push('experiment'), tx.experiment(id)),
          attempt: (id) => (told.push('attempt'), tx.attempt(id)),
          measurement: (id) => (told.push('measurement'), tx.measurement(id)),
          measurementsOf: (id) => (told.push('its measurements'), tx.measurementsOf(id)),
          knowledge: () => (told.push('knowledge'), tx.knowledge()),
        },
        event,
      );
      return told;
    });

  it('are fetched before it is applied', async () => {
    const campaignId = await story.everything();
    const fetched = new Map<string, readonly string[]>();
    for (const { event } of await here.read.events(campaignId, 0, 1000)) {
      const rows = await fetchedFor(campaignId, event);
      if (rows.length > 0) fetched.set(event.type, rows);
    }
    const ofAttempt = ['attempt', 'experiment', 'its measurements'];
    expect(Object.fromEntries(fetched)).toEqual({
      'knowledge.removed': ['knowledge'],
      'experiment.approved': ['experiment'],
      'experiment.moved': ['experiment'],
      'attempt.leased': ['experiment'],
      'attempt.started': ofAttempt,
      'attempt.submitted': ofAttempt,
      'attempt.accepted': ofAttempt,
      'attempt.flagged': ofAttempt,
      'attempt.aborted': ofAttempt,
      'attempt.expired': ofAttempt,
      'attempt.late': ofAttempt,
      'attempt.suspected': ofAttempt,
      'attempt.resumed': ofAttempt,
      'attempt.cancelRequested': ofAttempt,
      'measurement.recorded': ['experiment'],
      'measurement.decided': ['measurement'],
      'measurement.superseded': ['measurement'],
      'campaign.updated': ['experiment', 'experiment'],
      'experiments.reordered': ['experiment'],
    });
  });

  it('are those of its task, and of what it repeats', async () => {
    const campaignId = await story.activeCampaign();
    const attemptId = await story.started(campaignId);
    const [{ id: experimentId } = { id: '' }] = await here.read.experiments(campaignId);
    const asked = (subject: TaskSubject) =>
      fetchedFor(campaignId, {
        ...{ type: 'task.assigned', owner: 'role:viewer', deadline: noon.toISOString(), note: null },
        subject,
      });
    expect(await asked({ kind: 'experiment', id: experimentId })).toEqual(['experiment']);
    expect(await asked({ kind: 'attempt', id: attemptId })).toEqual(['attempt']);
    const history: CampaignEvent = {
      ...{ type: 'history.imported', importId: 'import', source: { name: 'past.csv', sha256 } },
      ...{ property: 'density', unit: 'g/cm3', first: 2, experiments: [] },
      replicates: [{ line: 2, value: 1, experimentId }],
    };
    expect(await fetchedFor(campaignId, history)).toEqual(['experiment']);
  });
});
