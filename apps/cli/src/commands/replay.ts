import { strategyNames, type StrategyName } from '@ionloop/domain';
import { Option, type Command } from 'commander';
import { readCsv } from '../input/csv.js';
import { names, namesOf, wholeNumber } from '../input/options.js';
import { checkWritable, writeJson } from '../report/json-file.js';
import { Failure } from '../failure.js';
import { goalIn } from '../replay/goal.js';
import type { PoolColumns, ReplayPool } from '../replay/pool.js';
import type { ReplaySettings } from '../replay/run.js';
import type { ReplayReport } from '../replay/summary.js';
import type { Terminal } from '../terminal.js';

interface ReplayOptions extends ReplaySettings, Omit<PoolColumns, 'transform'> {
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
    .requiredOption('--target <column>', 'the column that is wanted high or low')
    .addOption(
      new Option('--goal <goal>', 'what of the target is wanted: max, min or window:a:b')
        .argParser(goalIn)
        .makeOptionMandatory(),
    )
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
      new Option('--transform <scale>', 'the scale on which models see the target')
        .choices(['none', 'log10'])
        .default('none'),
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
    --inputs a,b,c --log-inputs a,b,c --categories space_group`,
    )
    .action((options: ReplayOptions) => replay(options, terminal));
}

async function replay(options: ReplayOptions, terminal: Terminal): Promise<void> {
  checkWritable(options.json);
  const { readPool } = await import('../replay/pool.js');
  const { withComponents } = await import('../replay/principal.js');
  const { printed } = await import('../replay/print.js');
  const read = readPool(readCsv(options.pool), options);
  const pool = options.components === undefined ? read : withComponents(read, options.components);
  if (options.strict && pool.skipped.length > 0) {
    throw new Failure(`${options.pool} has unusable rows:\n  ${pool.skipped.join('\n  ')}`);
  }
  tellPool(pool, terminal);
  const reports: ReplayReport[] = [];
  for (const strategy of options.strategy)
    reports.push(await replayStrategy(pool, strategy, options, terminal));
  terminal.progress('');
  for (const line of printed(reports, options.goal)) terminal.out(line);
  writeJson(options.json, reports);
}

const shownSkips = 20;

function tellPool(pool: ReplayPool, terminal: Terminal): void {
  terminal.out(
    `${pool.file}: ${pool.candidates.length} candidates, ${pool.inputs.join(', ')} → ${pool.target}`,
  );
  if (pool.textColumns.length > 0) {
    terminal.err(`Left out, because they hold text: ${pool.textColumns.join(', ')}`);
  }
  for (const line of pool.skipped.slice(0, shownSkips)) terminal.err(`skipped ${line}`);
  if (pool.skipped.length > shownSkips) terminal.err(`… ${pool.skipped.length} rows skipped in all`);
}

async function replayStrategy(
  pool: ReplayPool,
  strategy: StrategyName,
  options: ReplayOptions,
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
