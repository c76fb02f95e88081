import type { CampaignEvent } from '@ionloop/domain';
import type { CampaignTransaction, Engine, RecordStore } from '@ionloop/engine';
import { soundVerbs, type Verbs } from './verbs.js';

/**
 * The guards of the protocol, each taken out by a view on the record that does not show what the guard looks at. What
 * is left is the program as it stands: a mutant says how the record would be written if one check were missing.
 */
export interface Mutant {
  readonly without: string;
  /** What the story-teller must find: the beginning of a complaint. */
  readonly found: RegExp;
  readonly verbs: Verbs;
}

type Change = Partial<CampaignTransaction>;

/** The transaction with some of its members replaced; what it knows itself stays with it. */
function changed(tx: CampaignTransaction, change: Change): CampaignTransaction {
  return new Proxy(tx, {
    get: (target, name) => {
      const own = Reflect.get(change, name) as unknown;
      if (own !== undefined) return own;
      const member = Reflect.get(target, name, target) as unknown;
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

/** An engine whose transactions are seen through a change. */
function seenThrough(engine: Engine, change: (tx: CampaignTransaction) => Change): Engine {
  const { store } = engine;
  const other: RecordStore = {
    read: store.read,
    stations: store.stations,
    tokens: store.tokens,
    screens: store.screens,
    analyses: store.analyses,
    imports: store.imports,
    artifacts: store.artifacts,
    inFlight: store.inFlight,
    workspaces: store.workspaces,
    accessLog: store.accessLog,
    create: (id, actor, work, workspace) => store.create(id, actor, work, workspace),
    restore: (id, work) => store.restore(id, work),
    transact: (id, actor, work) => store.transact(id, actor, (tx) => work(changed(tx, change(tx)))),
  };
  return { ...engine, store: other };
}

/** Says something else than was meant to be said. */
const instead = (
  tx: CampaignTransaction,
  translate: (event: CampaignEvent) => readonly CampaignEvent[],
): Pick<CampaignTransaction, 'append'> => ({
  append: (event) => {
    for (const said of translate(event)) tx.append(said);
  },
});

export const mutants: readonly Mutant[] = [
  {
    without: 'the fence check of start',
    found: /I3 a start with another fence/,
    verbs: {
      ...soundVerbs,
      start: (engine, voice, request) =>
        soundVerbs.start(
          seenThrough(engine, (tx) => ({
            attempt: async (id) => ({ ...(await tx.attempt(id)), fence: request.fence }),
            experiment: async (id) => ({ ...(await tx.experiment(id)), fence: request.fence }),
          })),
          voice,
          request,
        ),
    },
  },
  {
    without: 'the fence check of submit: a stale result counts as current',
    found: /I4 event \d+ uses a late result/,
    verbs: {
      ...soundVerbs,
      submit: (engine, voice, request) =>
        soundVerbs.submit(
          seenThrough(engine, (tx) =>
            instead(tx, (event) =>
              event.type === 'attempt.late'
                ? [event, { type: 'attempt.accepted', attemptId: event.attemptId, note: null }]
                : [event],
            ),
          ),
          voice,
          request,
        ),
    },
  },
  {
    without: 'the compare-and-set of start: what has ended is started',
    found: /I8 hardware moved for attempt/,
    verbs: {
      ...soundVerbs,
      start: (engine, voice, request) =>
        soundVerbs.start(
          seenThrough(engine, (tx) => ({
            attempt: async (id) => {
              const attempt = await tx.attempt(id);
              return attempt.state === 'expired' || attempt.state === 'aborted'
                ? { ...attempt, state: 'started' as const }
                : attempt;
            },
            experiment: async (id) => ({ ...(await tx.experiment(id)), fence: request.fence }),
          })),
          voice,
          request,
        ),
    },
  },
  {
    without: 'the compare-and-set of claim: what is claimed is given out again',
    found: /I2 experiment \d+ is in 2 hands/,
    verbs: {
      ...soundVerbs,
      claim: (engine, voice, request) =>
        soundVerbs.claim(
          seenThrough(engine, (tx) => ({
            queuedFor: async (_station, limit) => {
              const open = await tx.experiments({ states: ['queued', 'claimed'], limit });
              for (const { id, state } of open)
                if (state === 'claimed')
                  tx.append({ type: 'experiment.moved', experimentId: id, to: 'queued', note: null });
              return Promise.all(open.map(({ id }) => tx.experiment(id)));
            },
          })),
          voice,
          request,
        ),
    },
  },
  {
    without: 'the queue behind an approval: what is approved waits for nobody',
    found: /I5 experiment \d+ is approved, and nobody has it/,
    verbs: {
      ...soundVerbs,
      decorate: (tx) =>
        changed(
          tx,
          instead(tx, (event) =>
            event.type === 'experiment.moved' && event.to === 'queued' && event.note === null ? [] : [event],
          ),
        ),
    },
  },
  {
    without: 'the memory of claims',
    found: /lost-reply: a repeated claim/,
    verbs: {
      ...soundVerbs,
      claim: (engine, voice, request) => {
        const forgetting = seenThrough(engine, () => forgetful);
        const store = forgetfulReads(forgetting.store);
        return soundVerbs.claim({ ...forgetting, store }, voice, request);
      },
    },
  },
  {
    without: 'the memory of submits',
    found: /submit was refused without a reason to: CONFLICT|same key, other payload/,
    verbs: {
      ...soundVerbs,
      submit: (engine, voice, request) =>
        soundVerbs.submit(
          seenThrough(engine, () => forgetful),
          voice,
          request,
        ),
    },
  },
  {
    without: 'the hash that tells one body from another',
    found: /same key, other payload/,
    verbs: {
      ...soundVerbs,
      submit: (engine, voice, request) =>
        soundVerbs.submit(engine, voice, {
          ...request,
          // All notes look alike.
          ...(request.note !== undefined && { note: undefined as never }),
        }),
    },
  },
  {
    without: 'the hash of the spec',
    found: /I8 a start of something else/,
    verbs: {
      ...soundVerbs,
      start: (engine, voice, request) =>
        soundVerbs.start(
          seenThrough(engine, (tx) => ({
            attempt: async (id) => ({ ...(await tx.attempt(id)), specHash: request.specHash }),
            experiment: async (id) => {
              const experiment = await tx.experiment(id);
              const { specHash } = request;
              return {
                ...experiment,
                specHash,
                approval: experiment.approval && { ...experiment.approval, specHash },
              };
            },
          })),
          voice,
          request,
        ),
    },
  },
  {
    without: 'the rule that silence after the start reruns nothing',
    found: /I8 event \d+ runs again by itself|I8 experiment \d+ is being made twice/,
    verbs: {
      ...soundVerbs,
      decorate: (tx) => {
        const experiments = new Map<string, string>();
        return changed(tx, {
          attempt: async (id) => {
            const attempt = await tx.attempt(id);
            experiments.set(id, (await tx.experiment(attempt.experimentId)).id);
            return attempt;
          },
          ...instead(tx, (event) => {
            if (event.type !== 'attempt.suspected') return [event];
            const { attemptId, note } = event;
            const experimentId = experiments.get(attemptId) ?? '';
            return [
              { type: 'attempt.aborted', attemptId, outcome: null, note },
              { type: 'experiment.moved', experimentId, to: 'queued', note },
            ];
          }),
        });
      },
    },
  },
  {
    without: 'the deadline of what was started',
    found: /I5 attempt .* is started, without a deadline/,
    verbs: {
      ...soundVerbs,
      start: (engine, voice, request) =>
        soundVerbs.start(
          seenThrough(engine, (tx) => ({ setLease: ({ attemptId }) => tx.endLease(attemptId) })),
          voice,
          request,
        ),
    },
  },
  {
    without: 'the sequence numbers of partials',
    found: /partial \d of .* was stored twice/,
    verbs: {
      ...soundVerbs,
      append: (engine, voice, request) =>
        soundVerbs.append(
          seenThrough(engine, (tx) => ({
            addPartial: async (attemptId, seq, body) => {
              await tx.addPartial(attemptId, seq, body);
              return true;
            },
          })),
          voice,
          request,
        ),
    },
  },
  {
    without: 'the check that the newest boot speaks',
    found: /two-boots/,
    verbs: {
      ...soundVerbs,
      heartbeat: async (engine, voice, beats) => {
        const station = await engine.store.stations.byName(voice.station);
        return soundVerbs.heartbeat(engine, { ...voice, bootId: station?.bootId ?? voice.bootId }, beats);
      },
    },
  },
  {
    without: 'the memory of what people ask for',
    found: /lost-reply: .* asked for again|I1 \d+ events of/,
    verbs: {
      ...soundVerbs,
      decorate: (tx) =>
        changed(tx, {
          recall: async (scope, key) => (isAsked(scope) ? null : tx.recall(scope, key)),
          remember: (scope, key, answer) => {
            if (!isAsked(scope)) tx.remember(scope, key, answer);
          },
        }),
    },
  },
];

const isAsked = (scope: string): boolean => /^(add|record|supersede|askFor)/.test(scope);

const forgetful: Change = { recall: () => Promise.resolve(null), remember: () => undefined };

function forgetfulReads(store: RecordStore): RecordStore {
  const read = new Proxy(store.read, {
    get: (target, name) => {
      if (name === 'recall') return () => Promise.resolve(null);
      const member = Reflect.get(target, name, target) as unknown;
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
  return {
    read,
    stations: store.stations,
    tokens: store.tokens,
    screens: store.screens,
    analyses: store.analyses,
    imports: store.imports,
    artifacts: store.artifacts,
    inFlight: store.inFlight,
    workspaces: store.workspaces,
    accessLog: store.accessLog,
    create: (id, actor, work, workspace) => store.create(id, actor, work, workspace),
    transact: (id, actor, work) => store.transact(id, actor, work),
    restore: (id, work) => store.restore(id, work),
  };
}
