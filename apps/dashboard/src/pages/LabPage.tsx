import { type JSX, lazy, Suspense, useCallback, useState } from 'react';
import { labelText } from '../format/formula.js';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import {
  PauseStationDocument,
  StationsDocument,
  WorkInHandDocument,
  type WorkInHandQuery,
} from '../api/generated/graphql.js';
import { useSession } from '../api/session-context.js';
import { may } from '../api/session.js';
import { problemOf, sayError, useAction } from '../api/use-action.js';
import { Badge } from '../components/Badge.js';
import { Meter, Switch } from '../components/Controls.js';
import { useNow, usePageTitle, usePolling } from '../components/hooks.js';
import { ErrorBoundary } from '../components/ErrorBoundary.js';
import { NeedsYou } from '../components/NeedsYou.js';
import { Empty, Skeleton, Trouble } from '../components/States.js';
import { propertyName } from '../format/objective.js';
import { percentText } from '../format/number.js';
import { ago, dayAndTime, spanWords } from '../format/time.js';
import { attemptStates, listed } from '../format/words.js';
import { Queue } from './lab/Queue.js';

const Timeline = lazy(() => import('./lab/Timeline.js'));
const Jobs = lazy(() => import('./lab/Jobs.js'));

const silentAfterMs = 60_000;

interface Work {
  readonly campaign: { readonly id: string; readonly name: string };
  readonly experiment: { readonly id: string; readonly number: number; readonly label: string };
  readonly attempt: {
    readonly state: keyof typeof attemptStates;
    readonly stage: string | null;
    readonly progress: number | null;
    readonly leasedAt: string;
    readonly lastSeenAt: string | null;
  };
}

function workByStation(
  campaigns: WorkInHandQuery['campaigns']['nodes'],
): ReadonlyMap<string, readonly Work[]> {
  const all = campaigns.flatMap((campaign) =>
    campaign.experiments.edges.flatMap(({ node }) =>
      node.attempts
        .filter(({ state }) => state === 'leased' || state === 'started' || state === 'suspect')
        .map((attempt) => ({
          station: attempt.station?.id ?? '',
          work: { campaign, experiment: node, attempt },
        })),
    ),
  );
  const byStation = new Map<string, Work[]>();
  for (const { station, work } of all) byStation.set(station, [...(byStation.get(station) ?? []), work]);
  return byStation;
}

export default function LabPage(): JSX.Element {
  usePageTitle('Lab');
  const { role } = useSession();
  const [stations, askStations] = useQuery({ query: StationsDocument });
  const [work, askWork] = useQuery({ query: WorkInHandDocument });
  const refetch = useCallback(() => {
    askStations({ requestPolicy: 'network-only' });
    askWork({ requestPolicy: 'network-only' });
  }, [askStations, askWork]);
  usePolling(refetch, 3000);
  const now = useNow(1000);
  const pause = useAction(PauseStationDocument);
  const [problem, setProblem] = useState<string | null>(null);
  const error = stations.error ?? work.error;
  const inHand = workByStation(work.data?.campaigns.nodes ?? []);

  const setPaused = async (id: string, paused: boolean): Promise<void> => {
    setProblem(problemOf(await pause.run({ id, paused })));
    refetch();
  };

  return (
    <>
      <div className="page-head">
        <div>
          <h1>Lab</h1>
          <p className="soft">The stations that make and measure, and what each is working on.</p>
        </div>
      </div>
      <div className="stack">
        {error ? <Trouble what="The lab could not be loaded." why={sayError(error)} retry={refetch} /> : null}
        {problem === null ? null : <Trouble what="The station was not changed." why={problem} />}
        <NeedsYou />
        {stations.data ? (
          stations.data.stations.nodes.length === 0 ? (
            <Empty title="No station has registered yet">
              <p>
                A station speaks the lab protocol with a token of its own. Create one with{' '}
                <code>ionloop token</code>, or try the simulated lab with <code>ionloop demo</code>.
              </p>
            </Empty>
          ) : (
            <ul className="campaign-cards">
              {stations.data.stations.nodes.map((station) => {
                const silent = now.getTime() - new Date(station.lastSeenAt).getTime() > silentAfterMs;
                const own = inHand.get(station.id) ?? [];
                return (
                  <li key={station.id}>
                    <section className="panel campaign-card" aria-labelledby={`station-${station.id}`}>
                      <div className="top-line">
                        <h2 id={`station-${station.id}`}>{station.name}</h2>
                        {station.paused ? (
                          <Badge word="Paused" tone="warn" />
                        ) : silent ? (
                          <Badge word="Silent" tone="bad" />
                        ) : (
                          <Badge word="Connected" tone="good" />
                        )}
                      </div>
                      <p className="soft small">
                        Measures {listed(station.properties.map(propertyName))}
                        <br />
                        Last seen{' '}
                        <time dateTime={station.lastSeenAt} title={dayAndTime(station.lastSeenAt)}>
                          {ago(station.lastSeenAt, now)}
                        </time>
                      </p>
                      <StationWork work={own} now={now} />
                      <div className="foot">
                        <div>
                          <Switch
                            label="Takes new work"
                            on={!station.paused}
                            disabled={!may(role, 'administer') || pause.busy}
                            onChange={(on) => void setPaused(station.id, !on)}
                          />
                        </div>
                      </div>
                    </section>
                  </li>
                );
              })}
            </ul>
          )
        ) : error ? null : (
          <div className="campaign-cards">
            <Skeleton height="13rem" label="Loading stations" />
            <Skeleton height="13rem" />
          </div>
        )}
        <ErrorBoundary what="The stations’ work">
          <Suspense fallback={<Skeleton height="14rem" label="Loading the stations’ work" />}>
            <Timeline />
          </Suspense>
        </ErrorBoundary>
        <Queue />
        {may(role, 'administer') && stations.data?.viewer.instance === true ? (
          <ErrorBoundary what="The jobs in the background">
            <Suspense fallback={<Skeleton height="14rem" label="Loading the jobs in the background" />}>
              <Jobs />
            </Suspense>
          </ErrorBoundary>
        ) : null}
      </div>
    </>
  );
}

const StationWork = ({ work, now }: { readonly work: readonly Work[]; readonly now: Date }): JSX.Element =>
  work.length === 0 ? (
    <p className="soft">Idle</p>
  ) : (
    <ul className="running">
      {work.map(({ campaign, experiment, attempt }) => (
        <li key={experiment.id}>
          <span className="line">
            <strong>
              <Link to={`/campaigns/${campaign.id}`}>
                {campaign.name}, experiment {experiment.number}
              </Link>
            </strong>
          </span>
          <span className="soft small">{labelText(experiment.label)}</span>
          <span className="line small">
            <span>{attempt.stage ?? attemptStates[attempt.state]}</span>
            {attempt.progress === null ? null : (
              <span className="soft number">{percentText(attempt.progress)}</span>
            )}
          </span>
          {attempt.progress === null ? null : (
            <Meter
              label={`Progress of experiment ${experiment.number}`}
              value={attempt.progress}
              of={1}
              text={percentText(attempt.progress)}
            />
          )}
          <span className="soft small">
            Claimed {spanWords(now.getTime() - new Date(attempt.leasedAt).getTime())} ago,{' '}
            {attempt.lastSeenAt === null
              ? 'not heard of since'
              : `last heard of ${ago(attempt.lastSeenAt, now)}`}
          </span>
        </li>
      ))}
    </ul>
  );
