import { cpus, loadavg } from 'node:os';
import type { Outcome, Struck } from './nemesis.js';

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

const seconds = (value: number): string => value.toFixed(2);

const rowOf = (name: string, faults: readonly Struck[]): readonly string[] => {
  const times = faults.map(({ recoverySeconds }) => recoverySeconds);
  return [name, String(faults.length), ...[0.5, 0.95, 1].map((share) => seconds(quantile(times, share)))];
};

/** What a run did and what came of it, as a page of the documentation. */
export function reportOf(outcome: Outcome): string {
  const { faults, violations } = outcome;
  const kinds = [...new Set(faults.map(({ kind }) => kind))].sort();
  return [
    '# What the loop survived',
    '',
    `Written by \`npm run nemesis -- --minutes ${outcome.seconds / 60} --seed ${outcome.seed} --report\`: real processes — the embedded`,
    'PostgreSQL, Redis, two servers, a worker, twenty simulated stations behind a network that breaks — and a schedule of faults drawn',
    'from the seed. Afterwards the record is judged from the database alone, and against the journal that the stations keep themselves.',
    '',
    `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.versions.node}, load ${loadavg()[1]?.toFixed(1)} at the end (the last five minutes).`,
    '',
    `- ${faults.length} faults in ${outcome.seconds / 60} minutes, seed \`${outcome.seed}\``,
    `- ${outcome.campaigns} campaigns, all completed ${outcome.settledSeconds.toFixed(0)} s after the last fault, with ${outcome.personsActs} decisions of a person`,
    `- ${outcome.experiments} experiments, ${outcome.starts} starts, ${outcome.results} measurements, ${outcome.acknowledged} acknowledged results`,
    `- violations of I1 to I9: ${violations.length === 0 ? 'none' : violations.length}`,
    ...violations.map((violation) => `  - ${violation}`),
    ...outcome.ownEnds.map((end) => `- ${end}, and was started again`),
    '',
    'From each fault to the next committed event, in seconds (wanted: median below 5, 95 % below 20):',
    '',
    table(
      ['fault', 'times', 'median', '95 %', 'longest'],
      [
        ...kinds.map((kind) =>
          rowOf(
            kind,
            faults.filter((one) => one.kind === kind),
          ),
        ),
        rowOf('all', faults),
      ],
    ),
    '',
  ].join('\n');
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i]?.length ?? 0), 3));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
