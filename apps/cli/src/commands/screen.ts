import { InvalidArgumentError, Option, type Command } from 'commander';
import { WrongUsage } from '../failure.js';
import { names, positiveNumber, wholeNumber } from '../input/options.js';
import { checkWritable } from '../report/json-file.js';
import type { ScreenOptions } from '../screen/options.js';
import type { Terminal } from '../terminal.js';

export function addScreen(program: Command, terminal: Terminal): void {
  program
    .command('screen')
    .summary('score every candidate of a large space, keep the best, without a server')
    .description(
      'Scores every candidate of a space by a model of the results so far and keeps the best; nothing else is stored.\n' +
        'The space is a campaign’s, or a file of parameters or of substitutions into a formula.',
    )
    .option('--campaign <file.json>', 'what may be varied and what is wanted, as for propose')
    .option(
      '--space <file.json>',
      'instead: {parameters, levels, mostComponents} or {template, sites, properties}',
    )
    .requiredOption('--results <file.csv>', 'results to learn from')
    .option('--target <column>', 'with --space: the column that is wanted high or low')
    .addOption(new Option('--goal <goal>', 'with --space: which end').choices(['max', 'min']))
    .option('--log', 'with --space: learn log10 of the target')
    .option('--levels <name=n,…>', 'at how many values continuous parameters are looked at', counts)
    .option('--most-components <name=n,…>', 'how many components of a mixture may be there at once', counts)
    .option('--top <n>', 'how many are kept', wholeNumber(1, 100_000), 1000)
    .addOption(
      new Option('--acquisition <name>', 'what is large where a candidate is worth a try')
        .choices(['mean', 'ucb', 'log-ei'])
        .default('ucb'),
    )
    .option('--beta <x>', 'standard deviations that ucb adds to the mean', positiveNumber(100), 1)
    .option('--model <name>', 'the model, of the catalogue: gp, forest, boosting …', 'gp')
    .option('--funnel <file.json>', 'hard criteria, applied one after the other before any model')
    .option('--teacher-student', 'a fast student of the model screens, the model judges what it keeps')
    .option(
      '--labels <n>',
      'candidates that the model labels for the student',
      wholeNumber(40, 100_000),
      2000,
    )
    .option('--alpha <x>', 'how many times more the student keeps than are wanted', positiveNumber(1000), 10)
    .option('--student-properties <a,b>', 'of substitutions: the element properties the student sees', names)
    .option('--range <a:b>', 'only the candidates from number a up to, not including, b', range)
    .option('--threads <n>', 'compute threads (default: as many as there are cores)', wholeNumber(1, 256))
    .option('--resume <file>', 'write the state here as it goes, and go on from it')
    .option('--seed <text>', 'the same seed and data give the same result', 'screen')
    .option('--json <file>', 'also write the report here')
    .addHelpText(
      'after',
      `
Examples:
  ionloop screen --campaign ternary.json --results results.csv --top 100
  ionloop screen --space garnets.json --results garnets.csv --target sigma --goal max --log \\
    --funnel funnel.json --teacher-student --resume garnets.state.json --json best.json`,
    )
    .action((options: ScreenOptions) => screen(options, terminal));
}

async function screen(options: ScreenOptions, terminal: Terminal): Promise<void> {
  if ((options.campaign === undefined) === (options.space === undefined)) {
    throw new WrongUsage('name either --campaign or --space');
  }
  if (options.space !== undefined && (options.target === undefined || options.goal === undefined)) {
    throw new WrongUsage('--space needs --target and --goal: the file does not say what is wanted');
  }
  checkWritable(options.json);
  const { runScreen } = await import('../screen/run.js');
  await runScreen(options, terminal);
}

function counts(text: string): { readonly [name: string]: number } {
  return Object.fromEntries(
    names(text).map((part) => {
      const at = part.lastIndexOf('=');
      const count = Number(part.slice(at + 1));
      if (at < 1 || !Number.isInteger(count)) {
        throw new InvalidArgumentError('It must be names with whole numbers: temperature=21,time=5.');
      }
      return [part.slice(0, at), count];
    }),
  );
}

function range(text: string): { readonly from: string; readonly to: string } {
  const [, from, to] = /^(\d+):(\d+)$/.exec(text) ?? [];
  if (from === undefined || to === undefined) {
    throw new InvalidArgumentError('It must be two whole numbers with a colon between them: 0:1000000.');
  }
  return { from, to };
}
