import type { LabTimesQuery } from '../../api/generated/graphql.js';
import { attemptStates } from '../../format/words.js';
import type { Work } from '../../plots/gantt.js';

type Campaign = LabTimesQuery['campaigns']['nodes'][number];
type Attempt = Campaign['experiments']['edges'][number]['node']['attempts'][number];

/** Every attempt of a station with its times. */
export const workOf = (campaigns: readonly Campaign[]): readonly Work[] =>
  campaigns.flatMap(({ name, experiments }) =>
    experiments.edges.flatMap(({ node }) =>
      node.attempts.flatMap((attempt): Work[] =>
        attempt.station === null
          ? []
          : [
              {
                id: attempt.id,
                station: attempt.station.name,
                campaign: name,
                experiment: node.number,
                label: node.label,
                how: howOf(attempt),
                what:
                  attempt.stage !== null && isLive(attempt) ? attempt.stage : attemptStates[attempt.state],
                from: timeOf(attempt.leasedAt),
                started: attempt.startedAt === null ? null : timeOf(attempt.startedAt),
                to: isLive(attempt)
                  ? null
                  : timeOf(attempt.endedAt ?? attempt.lastSeenAt ?? attempt.leasedAt),
              },
            ],
      ),
    ),
  );

const timeOf = (at: string): number => new Date(at).getTime();
const isLive = ({ state }: Attempt): boolean => state === 'leased' || state === 'started';

function howOf({ state, outcome }: Attempt): Work['how'] {
  switch (state) {
    case 'leased':
      return 'claimed';
    case 'started':
      return 'running';
    case 'accepted':
      return outcome === null || outcome === 'measured' ? 'done' : 'failed';
    case 'submitted':
    case 'flagged':
    case 'late':
      return 'done';
    case 'expired':
    case 'suspect':
      return 'lost';
    case 'aborted':
      return 'failed';
  }
}
