import { strategyNames, type StrategyName } from '@ionloop/domain';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { readCsv } from '../input/csv.js';
import { names, namesOf, positiveNumber, wholeNumber } from '../input/options.js';
import { checkWritable, writeJson } from '../report/json-file.js';
import { Failure } from '../failure.js';
import { type Goal, goalIn } from '../replay/goal.js';
import type { PoolColumns, ReplayPool } from '../replay/pool.js';
import type { ReplaySettings } from '../replay/run.js';
import type { SeveralReport } from '../replay/summary-several.js';
import type { ReplayReport } from '../replay/summary.js';
import {
  besideIn,
  isOneColumn,
  limitIn,
  type SaidWishes,
  type Transform,
  type Wishes,
  wishesOf,
} from '../replay/wishes.js';
import type { Terminal } from '../terminal.js';

interface ReplayOptions
  extends
    SaidWishes,
    Omit<ReplaySettings, 'goal' | 'transform'>,
    Omit<PoolColumns, 'target' | 'transform' | 'beside'> {
  readonly pool: string;
  readonly strategy: readonly StrategyName[];
  readonly seeds: number;
  readonly components?: number;
  readonly strict?: true;
  readonly json?: string;
}

export function addReplay(program: Command, terminal: Terminal): void {
  program
    .command('replay')
    .summary('run strategies on a finished data set, without a server')
    .description(
      'Runs strategies on a finished data set: its rows are the candidates, and asking for a row reveals its value.\n' +
        'All strategies begin with the same random rows, by seed.',
    )
    .requiredOption('--pool <file.csv>', 'the data set: a CSV with a header, by comma, semicolon or tab')
    .requiredOption(
      '--target <column>',
      'the column that is wanted high or low; again for a further one',
      again,
    )
    .addOption(
      new Option('--goal <goal>', 'what of the target is wanted: max, min or window:a:b; one for each target')
        .argParser((text, before?: readonly Goal[]) => [...(before ?? []), goalIn(text)])
        .makeOptionMandatory(),
    )
    .option(
      '--limit <column:low:high>',
      'a column that must stay within limits, one of which may be empty; :log10 after it for its logarithm',
      limitIn,
    )
    .option('--cost <column>', 'what a row costs')
    .option('--cost-budget <n>', 'what may be spent in all', positiveNumber(1e300))
    .option(
      '--inputs <a,b,c>',
      'the columns that describe a candidate, text as categories (default: all other numeric columns)',
      names,
    )
    .option('--formula <column>', 'a column of chemical formulas')
    .option('--composition <a,b,c>', 'columns of amounts: what a candidate is made of', names)
    .option('--categories <a,b,c>', 'columns whose values have no order, numbers or not', names)
    .option('--log-inputs <a,b,c>', 'inputs that models see as logarithms', names)
    .option(
      '--components <n>',
      'take the first n principal components of all numeric inputs in their place',
      wholeNumber(1, 1000),
    )
    .addOption(
      new Option(
        '--replicates <use>',
        'rows with the same inputs: their mean, any of them, or a candidate each',
      )
        .choices(['mean', 'draw', 'each'])
        .default('mean'),
    )
    .option('--strategy <name,…>', `of ${strategyNames.join(', ')}`, namesOf(strategyNames), [
      'auto',
    ] as const)
    .addOption(
      new Option(
        '--transform <scale>',
        'the scale on which models see the target: none or log10; one for each target (default: none)',
      ).argParser((text, before?: readonly Transform[]) => [...(before ?? []), transformIn(text)]),
    )
    .option('--initial <n>', 'random rows to begin with', wholeNumber(1), 5)
    .option('--batch <n>', 'rows asked for at a time', wholeNumber(1), 1)
    .option('--budget <n>', 'rows asked for in all', wholeNumber(2), 60)
    .option('--seeds <n>', 'runs of each strategy', wholeNumber(1, 10_000), 10)
    .option('--strict', 'refuse a file with unusable rows instead of skipping them')
    .option('--json <file>', 'also write the report here')
    .addHelpText(
      'after',
      `
Examples:
  ionloop replay --pool pool.csv --target conductivity --goal max --transform log10
  ionloop replay --pool pool.csv --target overpotential --goal min --inputs Ni,Fe,Co \\
    --strategy auto,random --seeds 50 --json report.json
  ionloop replay --pool obelix.csv --target log10_sigma --goal max --formula formula \\
    --inputs a,b,c --log-inputs a,b,c --categories space_group
  ionloop replay --pool pellets.csv --target sigma --goal max --transform log10 --target density --goal max \\
    --transform none --limit leak::1e-8:log10 --cost euros --cost-budget 2000`,
    )
    .action((options: ReplayOptions) => replay(options, terminal));
}

const again = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

function transformIn(text: string): Transform {
  if (text === 'none' || text === 'log10') return text;
  throw new InvalidArgumentError('Allowed choices are none, log10.');
}

async function replay(options: ReplayOptions, terminal: Terminal): Promise<void> {
  const wishes = wishesOf(options);
  checkWritable(options.json);
  const { readPool } = await import('../replay/pool.js');
  const { withComponents } = await import('../replay/principal.js');
  const [{ column, transform }] = wishes.targets;
  const choice = { ...options, target: column, transform, beside: besideIn(wishes) };
  const read = readPool(readCsv(options.pool), choice);
  const pool = options.components === undefined ? read : withComponents(read, options.components);
  if (options.strict && pool.skipped.length > 0) {
    throw new Failure(`${options.pool} has unusable rows:\n  ${pool.skipped.join('\n  ')}`);
  }
  tellPool(pool, wishes, terminal);
  await (isOneColumn(wishes) ? replayOne : replaySeveral)(pool, wishes, options, terminal);
}

async function replayOne(
  pool: ReplayPool,
  { targets: [{ goal, transform }] }: Wishes,
  options: ReplayOptions,
  terminal: Terminal,
): Promise<void> {
  const { printed } = await import('../replay/print.js');
  const reports: ReplayReport[] = [];
  for (const strategy of options.strategy) {
    reports.push(await replayStrategy(pool, strategy, { ...options, goal, transform }, terminal));
  }
  terminal.progress('');
  for (const line of printed(reports, goal)) terminal.out(line);
  writeJson(options.json, reports);
}

async function replaySeveral(
  pool: ReplayPool,
  wishes: Wishes,
  options: ReplayOptions,
  terminal: Terminal,
): Promise<void> {
  const several = await import('../replay/run-several.js');
  const { judgeOf, reportSeveral, writtenSeveral } = await import('../replay/summary-several.js');
  const { printedSeveral } = await import('../replay/print-several.js');
  // Refused before the work is done.
  judgeOf(pool, wishes);
  const reports: SeveralReport[] = [];
  const played = options.strategy.map((strategy) => {
    const runs = Array.from({ length: options.seeds }, (_, seed) => {
      terminal.progress(`${strategy}: seed ${seed + 1} of ${options.seeds}`);
      return several.replaySeveral(pool, strategy, seed, wishes, options);
    });
    reports.push(reportSeveral(pool, strategy, runs, wishes));
    return runs;
  });
  terminal.progress('');
  for (const line of printedSeveral(pool, wishes, reports, played)) terminal.out(line);
  writeJson(options.json, reports.map(writtenSeveral));
}

const shownSkips = 20;

function tellPool(pool: ReplayPool, { targets }: Wishes, terminal: Terminal): void {
  const wanted = targets.map(({ column }) => column).join(', ');
  terminal.out(`${pool.file}: ${pool.candidates.length} candidates, ${pool.inputs.join(', ')} → ${wanted}`);
  if (pool.textColumns.length > 0) {
    terminal.err(`Left out, because they hold text: ${pool.textColumns.join(', ')}`);
  }
  for (const line of pool.skipped.slice(0, shownSkips)) terminal.err(`skipped ${line}`);
  if (pool.skipped.length > shownSkips) terminal.err(`… ${pool.skipped.length} rows skipped in all`);
}

async function replayStrategy(
  pool: ReplayPool,
  strategy: StrategyName,
  options: ReplaySettings & Pick<ReplayOptions, 'seeds'>,
  terminal: Terminal,
): Promise<ReplayReport> {
  const { replayRun } = await import('../replay/run.js');
  const { report } = await import('../replay/summary.js');
  const runs = Array.from({ length: options.seeds }, (_, seed) => {
    terminal.progress(`${strategy}: seed ${seed + 1} of ${options.seeds}`);
    return replayRun(pool, strategy, seed, options);
  });
  return report(pool, strategy, runs, options);
}
