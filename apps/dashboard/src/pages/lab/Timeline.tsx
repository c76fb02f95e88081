import { type JSX, useCallback, useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { LabTimesDocument } from '../../api/generated/graphql.js';
import { sayError } from '../../api/use-action.js';
import { Segmented } from '../../components/Controls.js';
import { useNow, usePolling } from '../../components/hooks.js';
import { Panel } from '../../components/Panel.js';
import { Empty, Skeleton, Trouble } from '../../components/States.js';
import { GanttChart } from '../../plots/GanttChart.js';
import { spanOf, type WindowSeconds, windowFor, windows } from '../../plots/gantt.js';
import { workOf } from './work.js';

/** What the stations did, over time. */
export default function Timeline(): JSX.Element {
  const [{ data, error }, ask] = useQuery({ query: LabTimesDocument });
  const refetch = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  usePolling(refetch, 5000);
  const now = useNow(5000).getTime();
  const [picked, setPicked] = useState<WindowSeconds | null>(null);
  const work = useMemo(() => workOf(data?.campaigns.nodes ?? []), [data]);
  const seconds = picked ?? windowFor(work, now);
  const span = useMemo(() => spanOf(work, now, Number(seconds)), [work, now, seconds]);
  const shown = work.some(({ to }) => (to ?? now) >= span.from);
  return (
    <Panel
      title="Work over time"
      note="Each bar is one attempt at an experiment, with its number: pale from the claim until the station began, full until it ended. A gap is a station that stood idle."
      tools={
        work.length > 0 ? (
          <Segmented
            label="How far back"
            options={windows}
            value={seconds}
            onChange={(value) => setPicked(value)}
          />
        ) : undefined
      }
    >
      {error && !data ? (
        <Trouble what="The stations’ work could not be loaded." why={sayError(error)} retry={refetch} />
      ) : !data ? (
        <Skeleton height="10rem" label="Loading the stations’ work" />
      ) : shown ? (
        <GanttChart work={work} span={span} />
      ) : (
        <Empty title="No station worked in this time" />
      )}
    </Panel>
  );
}
