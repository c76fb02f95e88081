import {
  askedOf,
  type Attempt,
  type Campaign,
  type Experiment,
  hashOf,
  IonloopError,
  invalidInput,
  type Json,
  type NewAttachment,
  type NewMeasurement,
  type Outcome,
  outcomes,
} from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { requeueOrQuarantine } from '../experiments/use-cases.js';
import { answerOnce, sameRequest } from '../idempotency.js';
import { integer, memberOf, text } from '../input.js';
import type { CampaignTransaction } from '../ports.js';
import { attachmentsOf, checkArtifacts, type SubmittedArtifact } from './attached.js';
import { readMeasurement, type SubmittedMeasurement } from './measured.js';
import { ownAttempt, stationActor, stationOf, type StationVoice } from './station.js';

export interface SubmitRequest {
  readonly attemptId: string;
  readonly fence: number;
  readonly idempotencyKey: string;
  readonly outcome: Outcome;
  /** What the station believes it made, where it says so. */
  readonly specHash?: string;
  readonly note?: string;
  readonly measurements: readonly SubmittedMeasurement[];
  /** Files that belong to it, uploaded before. */
  readonly artifacts?: readonly SubmittedArtifact[];
}

export interface SubmitAnswer {
  readonly attemptId: string;
  readonly disposition: 'accepted' | 'flagged' | 'late' | 'closed';
  readonly measurementIds: readonly string[];
  /** Where the campaign is not running any more: what is handed in is kept all the same. */
  readonly notice?: string;
}

/** Takes a result exactly once. A stale fence changes nothing, but what came with it is kept. */
export async function submit(
  engine: Engine,
  voice: StationVoice,
  request: SubmitRequest,
): Promise<SubmitAnswer> {
  const key = text(request.idempotencyKey, 'idempotencyKey', { min: 1, max: 200 });
  const outcome = memberOf(request.outcome, 'outcome', outcomes);
  integer(request.fence, 'fence', { min: 1, max: Number.MAX_SAFE_INTEGER });
  const { artifacts = [] } = request;
  checkArtifacts(artifacts, request.measurements.length);
  const requestHash = hashable({ ...request, idempotencyKey: undefined });
  const station = await stationOf(engine, voice);
  const { id: attemptId, campaignId } = await ownAttempt(engine, station, request.attemptId);
  const scope = `submit/${station.id}`;
  // Outside of the transaction, which would need a second connection for it: what is there stays there.
  const known =
    artifacts.length === 0 ? [] : await engine.store.artifacts.find(artifacts.map(({ sha256 }) => sha256));
  const take = async (tx: CampaignTransaction): Promise<SubmitAnswer> => {
    const earlier = await tx.recall(scope, key);
    if (earlier) return sameRequest(earlier, requestHash, key) as unknown as SubmitAnswer;
    const attempt = await tx.attempt(attemptId);
    const experiment = await tx.experiment(attempt.experimentId);
    const measurements = readMeasurements(engine, tx, { ...request, outcome });
    const attached = attachmentsOf(engine.ids, artifacts, known, measurements);
    const filing = { attempt, experiment, request: { ...request, outcome }, measurements, attached };
    const disposition = file(tx, filing);
    const given: SubmitAnswer = {
      attemptId,
      disposition,
      measurementIds: measurements.map(({ id }) => id),
      ...noticeOf(tx.campaign),
    };
    tx.remember(scope, key, { requestHash, response: given as unknown as Json });
    return given;
  };
  const answer = await answerOnce(engine, { scope, key, requestHash }, () =>
    engine.store.transact(campaignId, stationActor(station), take, {
      attempts: [attemptId],
      answers: [{ scope, key }],
    }),
  );
  await engine.wakeUps.wake(campaignId);
  return answer;
}

const noticeOf = ({ name, state }: Campaign): Pick<SubmitAnswer, 'notice'> =>
  state === 'active' ? {} : { notice: `campaign "${name}" is ${state}; the result is stored` };

function hashable(body: unknown): string {
  try {
    return hashOf(body);
  } catch (error) {
    if (error instanceof RangeError)
      throw invalidInput('measurements', `a number of this result is not finite: ${error.message}`);
    throw error;
  }
}

function readMeasurements(
  engine: Engine,
  tx: CampaignTransaction,
  request: SubmitRequest,
): readonly NewMeasurement[] {
  const { outcome, measurements } = request;
  if (outcome === 'measured' && measurements.length === 0) {
    throw invalidInput('measurements', 'the outcome is "measured", but there is no measurement');
  }
  if (outcome !== 'measured' && measurements.length > 0) {
    throw invalidInput('measurements', `the outcome is "${outcome}", which carries no measurements`);
  }
  return measurements.map((measurement, index) =>
    readMeasurement(engine.ids, tx.campaign, measurement, `measurements[${index}]`),
  );
}

/** A result that says nothing of a property that was asked for is for a person to judge: the sample may still be there. */
function lackingIn(campaign: Campaign, measurements: readonly NewMeasurement[]): readonly string[] {
  return askedOf(campaign)
    .filter(({ property: asked }) => !measurements.some(({ property }) => property === asked))
    .map(({ property }) => `${property} was asked for and not measured`);
}

interface Filing {
  readonly attempt: Attempt;
  readonly experiment: Experiment;
  readonly request: SubmitRequest;
  readonly measurements: readonly NewMeasurement[];
  readonly attached: readonly NewAttachment[];
}

function file(
  tx: CampaignTransaction,
  { attempt, experiment, request, measurements, attached }: Filing,
): SubmitAnswer['disposition'] {
  const { id: attemptId } = attempt;
  const { outcome } = request;
  const note = request.note ?? null;
  const artifacts = attached.length === 0 ? {} : { artifacts: attached };
  // An attempt that was ended for it may still hand in its result; one that has told its outcome has had its word.
  if (attempt.outcome !== null) {
    throw new IonloopError(
      'CONFLICT',
      `attempt ${attemptId} has its result already, handed in under another key; it is ${attempt.state}`,
      'idempotencyKey',
    );
  }
  if (request.fence !== attempt.fence) {
    throw invalidInput(
      'fence',
      `attempt ${attemptId} was leased with fence ${attempt.fence}, not ${request.fence}`,
    );
  }
  if (request.specHash !== undefined && request.specHash !== attempt.specHash) {
    throw new IonloopError(
      'SPEC_CHANGED',
      `attempt ${attemptId} was leased to make spec ${attempt.specHash}, not ${request.specHash}`,
      'specHash',
    );
  }
  if (attempt.state === 'expired' || attempt.state === 'aborted') {
    const why = `came after the attempt was ${attempt.state}; the experiment is at fence ${experiment.fence}`;
    tx.append({
      type: 'attempt.late',
      attemptId,
      outcome,
      note: note === null ? why : `${why}; ${note}`,
      measurements,
      ...artifacts,
    });
    return 'late';
  }
  tx.endLease(attemptId);
  if (outcome === 'instrument_fault') {
    const why = note ?? 'instrument fault';
    tx.append({ type: 'attempt.aborted', attemptId, outcome, note: why, ...artifacts });
    if (attempt.cancelRequested) {
      tx.append({
        type: 'experiment.moved',
        experimentId: experiment.id,
        to: 'cancelled',
        note: attempt.note ?? why,
      });
    } else {
      requeueOrQuarantine(tx, experiment, why);
    }
    return 'closed';
  }
  const unstarted = attempt.state === 'leased';
  if (unstarted) tx.append({ type: 'attempt.started', attemptId, deviceRunId: null });
  tx.append({ type: 'attempt.submitted', attemptId, outcome, note, measurements, ...artifacts });
  const doubts = [
    ...(unstarted ? ['handed in without a start'] : []),
    ...measurements.flatMap(({ flags }) => flags),
    ...(outcome === 'measured' ? lackingIn(tx.campaign, measurements) : []),
  ];
  if (doubts.length > 0) {
    tx.append({ type: 'attempt.flagged', attemptId, note: doubts.join('; ') });
    return 'flagged';
  }
  tx.append({ type: 'attempt.accepted', attemptId, note });
  return outcome === 'measured' ? 'accepted' : 'closed';
}
