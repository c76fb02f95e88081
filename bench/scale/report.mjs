import { cpus, loadavg } from 'node:os';

export const machine = () => ({
  processors: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
  node: process.version,
  load: Number((loadavg()[0] ?? 0).toFixed(1)),
});

const row = (cells) => `| ${cells.join(' | ')} |`;
const seconds = (value) => (value === null ? '–' : value.toFixed(2));

export function markdown({ machine: on, campaigns, budget, takes, runs }) {
  return [
    `${on.processors}, Node ${on.node}, load ${on.load} before and ${on.loadAfter} after. ${campaigns} campaigns of ${budget} experiments at once, each of ${takes} s.`,
    '',
    row([
      'workers',
      'results',
      'seconds',
      'results/s',
      'plans',
      'result → proposal, median s',
      '95 % s',
      'kB of record per campaign',
      'events per campaign',
    ]),
    row(Array.from({ length: 9 }, () => '---')),
    ...runs.map((run) =>
      row([
        run.workers,
        run.results,
        run.seconds.toFixed(1),
        run.perSecond.toFixed(1),
        run.plans,
        seconds(run.median),
        seconds(run.p95),
        (run.bytesPerCampaign / 1000).toFixed(0),
        run.eventsPerCampaign.toFixed(0),
      ]),
    ),
    '',
    ...runs.flatMap(detail),
  ].join('\n');
}

/** Whether campaigns wait longer as they grow, and who keeps the processors busy. */
function detail({ workers, quarters, processors }) {
  return [
    `${workers} ${workers === 1 ? 'worker' : 'workers'}, by quarters of the budget: ${quarters
      .map(({ median, p95 }) => `median ${seconds(median)} s, 95 % ${seconds(p95)} s`)
      .join('; ')}.`,
    `Processors busy: ${processors
      .map(({ who, busy }) => `${who} ${busy === null ? '–' : busy.toFixed(2)}`)
      .join(', ')}.`,
    '',
  ];
}
