import type { Command } from 'commander';
import { WrongUsage } from '../failure.js';
import { readCsv } from '../input/csv.js';
import { names, wholeNumber } from '../input/options.js';
import { checkWritable, writeJson, writeLines } from '../report/json-file.js';
import type { Terminal } from '../terminal.js';

interface FitOptions {
  readonly data: string;
  readonly target: string;
  readonly model: string;
  readonly inputs?: readonly string[];
  readonly formula?: string;
  readonly folds?: number;
  readonly groups?: string;
  readonly split?: string;
  readonly log?: true;
  readonly seed: string;
  readonly json?: string;
  readonly predict?: string;
  readonly out?: string;
}

export function addFit(program: Command, terminal: Terminal): void {
  program
    .command('fit')
    .summary('fit a model to a table, say how well it predicts what it has not seen')
    .description(
      'Fits a model to a table and says how well it predicts rows that it has not seen, and how sure it may be.\n' +
        'Columns of text become categories, empty cells are missing values, rows without a target take no part.',
    )
    .requiredOption('--data <file.csv>', 'the table: a CSV with a header, by comma, semicolon or tab')
    .requiredOption('--target <column>', 'the column to predict')
    .option('--model <name>', 'auto, or any model of the catalogue: gp, forest, boosting, ridge …', 'auto')
    .option(
      '--inputs <a,b,c>',
      'the columns to learn from (default: all others, or the formula alone)',
      names,
    )
    .option('--formula <column>', 'a column of chemical formulas, to learn from by their descriptors')
    .option('--folds <k>', 'predict each row from the rows of other folds (default: 5)', wholeNumber(2))
    .option('--groups <column>', 'rows that share this stay in one fold')
    .option('--split <column>', 'predict the rows marked test from those marked train')
    .option('--log', 'learn and report log10 of the target')
    .option('--seed <n>', 'the same seed and data give the same report', '0')
    .option('--json <file>', 'also write the report here')
    .option('--predict <file.csv>', 'predict the rows of this table too, from all rows of the data')
    .option('--out <file>', 'where predictions go, as .csv or .json (default: to standard output)')
    .addHelpText(
      'after',
      `
Examples:
  ionloop fit --data films.csv --target conductivity --log
  ionloop fit --data obelix.csv --target log10_sigma --formula formula --groups doi --json report.json
  ionloop fit --data done.csv --target strength --model gp --predict planned.csv --out predicted.csv`,
    )
    .action((options: FitOptions) => fit(options, terminal));
}

async function fit(options: FitOptions, terminal: Terminal): Promise<void> {
  checkOptions(options);
  for (const file of [options.json, options.out]) checkWritable(file);
  const { fitReport } = await import('../fit/report.js');
  const { predictionsHeader, predictionLine, printedEvaluation } = await import('../fit/print.js');
  const table = readCsv(options.data);
  const other = options.predict === undefined ? undefined : readCsv(options.predict);
  const report = await fitReport({ ...options, log: options.log === true }, table, other, {
    note: (line) => terminal.err(line),
    progress: (text) => terminal.progress(text && `${options.model}: ${text}`),
  });
  for (const line of printedEvaluation(report)) terminal.out(line);
  if (report.predictions !== undefined) {
    const lines = [predictionsHeader, ...report.predictions.map(predictionLine)];
    if (options.out === undefined) for (const line of ['', ...lines]) terminal.out(line);
    else if (options.out.endsWith('.json')) writeJson(options.out, report.predictions);
    else writeLines(options.out, lines);
  }
  writeJson(options.json, report);
}

function checkOptions({ groups, folds, split, predict, out }: FitOptions): void {
  if (split !== undefined && (groups !== undefined || folds !== undefined)) {
    throw new WrongUsage(
      '--split says what is predicted from what; it leaves nothing to --folds or --groups',
    );
  }
  if (out !== undefined && predict === undefined) {
    throw new WrongUsage('--out needs --predict: without it there are no predictions to write');
  }
}
