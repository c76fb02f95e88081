import { strategyNames, type StrategyName } from '@ionloop/domain';
import type { Command } from 'commander';
import { WrongUsage } from '../failure.js';
import {
  type NamedRange,
  namedRangeOption,
  namesOf,
  numberOption,
  wholeNumber,
  wholeNumbers,
} from '../input/options.js';
import type { AskedCampaign } from '../propose/request.js';
import { checkWritable, writeJson } from '../report/json-file.js';
import type { Terminal } from '../terminal.js';

interface RehearseOptions {
  readonly campaign?: string;
  readonly running?: string;
  readonly data?: string;
  readonly strategy?: readonly StrategyName[];
  readonly budget?: number;
  readonly batch?: number;
  readonly at: readonly number[];
  readonly target?: number;
  readonly expect?: readonly NamedRange[];
  readonly seeds: number;
  readonly seed: string;
  readonly json?: string;
}

const mostWithoutBudget = 60;

export function addRehearse(program: Command, terminal: Terminal): void {
  program
    .command('rehearse')
    .summary('play a campaign many times on its own model: what to expect of it')
    .description(
      'Plays a campaign through on responses that its results leave possible, or before there are any, on responses as\n' +
        'its models expect them. What it says is no better than the model: see ionloop propose --advice. With several objectives,\n' +
        'windows or limits it counts the share of what is possible in a response; what experiments may cost ends a campaign.',
    )
    .option('--campaign <file.json>', 'what may be varied, what is wanted, how to go about it')
    .option('--running <id or name>', 'or a campaign of the record, as it stands; nothing of it is changed')
    .option('--data <file.csv>', 'results so far, beside --campaign (default: none yet)')
    .option(
      '--strategy <name,…>',
      'strategies to compare (default: that of the campaign)',
      namesOf(strategyNames),
    )
    .option(
      '--budget <n>',
      `how many more experiments (default: what is left of the campaign's budget, at most ${mostWithoutBudget})`,
      wholeNumber(1, 1000),
    )
    .option('--batch <n>', "experiments at a time (default: the campaign's)", wholeNumber(1, 1000))
    .option(
      '--at <n,…>',
      'after how many more experiments to say what to expect',
      wholeNumbers(1, 1000),
      [10, 20, 40, 60],
    )
    .option('--target <value>', 'a value that is wanted, in the unit of the property', numberOption)
    .option(
      '--expect <[property:]low:high>',
      'where 95 % of results may lie, while there are fewer than three; once for each property',
      namedRangeOption,
    )
    .option('--seeds <n>', 'how many campaigns, each with a response of its own', wholeNumber(1, 1000), 20)
    .option('--seed <text>', 'the same seed and data give the same rehearsal', 'rehearse')
    .option('--json <file>', 'also write the report here')
    .addHelpText(
      'after',
      `
Examples:
  ionloop rehearse --campaign ternary.json --data results.csv --target 1e-3
  ionloop rehearse --campaign ternary.json --expect 1e-7:1e-4 --strategy auto,gp-ucb,random --seeds 50
  ionloop rehearse --campaign pellets.json --expect 1e-7:1e-4 --expect relative_density:60:98
  ionloop rehearse --running "Li3PO4–Li3BO3–Li2SO4" --budget 20 --json rehearsal.json`,
    )
    .action((options: RehearseOptions) => rehearseCampaign(options, terminal));
}

async function rehearseCampaign(options: RehearseOptions, terminal: Terminal): Promise<void> {
  checkWritable(options.json);
  const asked = await askedBy(options, terminal);
  const { rehearsalReport } = await import('../rehearse/report.js');
  const { printed } = await import('../rehearse/print.js');
  const { request, budget } = asked;
  const left = budget === null ? mostWithoutBudget : budget - request.experimentsSoFar;
  if (options.budget === undefined && left <= 0) {
    throw new WrongUsage(
      `all ${budget} experiments of the budget are spent; say with --budget how many more to rehearse`,
    );
  }
  const [first = request.strategy.name, ...others] = options.strategy ?? [];
  const report = rehearsalReport(
    request,
    {
      strategies: [first, ...others],
      budget: options.budget ?? Math.min(left, mostWithoutBudget),
      at: options.at,
      seeds: options.seeds,
      target: options.target ?? null,
      expect: options.expect ?? [],
    },
    (strategy, done) => {
      terminal.progress(`${strategy}: campaign ${done} of ${options.seeds}`);
    },
  );
  terminal.progress('');
  for (const line of printed(report)) terminal.out(line);
  writeJson(options.json, report);
}

async function askedBy(options: RehearseOptions, terminal: Terminal): Promise<AskedCampaign> {
  const { campaign, running, data, batch, seed } = options;
  if ((campaign === undefined) === (running === undefined)) {
    throw new WrongUsage('a rehearsal needs either --campaign with a file or --running with an id or a name');
  }
  if (campaign !== undefined) {
    const { readRequest } = await import('../propose/request.js');
    const asked = await readRequest({ campaign, ...(data !== undefined && { data }), count: 1, seed });
    return { ...asked, request: { ...asked.request, count: batch ?? asked.parallel } };
  }
  if (data !== undefined)
    throw new WrongUsage('--data goes with --campaign; a campaign of the record has its results');
  const { runningRequest } = await import('../rehearse/running.js');
  const asked = await runningRequest(running ?? '', seed, terminal);
  return { ...asked, request: { ...asked.request, count: batch ?? asked.parallel } };
}
