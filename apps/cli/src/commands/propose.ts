import type { Campaign, PlanAnswer } from '@ionloop/domain';
import type { Command } from 'commander';
import { wholeNumber } from '../input/options.js';
import { checkWritable, writeJson } from '../report/json-file.js';
import type { Terminal } from '../terminal.js';

interface ProposeOptions {
  readonly campaign: string;
  readonly data?: string;
  readonly count: number;
  readonly seed: string;
  readonly json?: string;
}

export function addPropose(program: Command, terminal: Terminal): void {
  program
    .command('propose')
    .summary('say what to try next, from two files, without a server')
    .description(
      'Says what to try next. The campaign file holds {space, objective, strategy} as a campaign on the server does;\n' +
        'the data file has a column for each parameter or component and one named after the property.',
    )
    .requiredOption('--campaign <file.json>', 'what may be varied, what is wanted, how to go about it')
    .option('--data <file.csv>', 'results so far (default: none yet)')
    .option('--count <n>', 'how many proposals', wholeNumber(1, 1000), 4)
    .option('--seed <text>', 'the same seed and data give the same proposals', 'propose')
    .option('--json <file>', 'also write the proposals here')
    .addHelpText(
      'after',
      `
Examples:
  ionloop propose --campaign ternary.json
  ionloop propose --campaign ternary.json --data results.csv --count 8 --json next.json`,
    )
    .action((options: ProposeOptions) => propose(options, terminal));
}

async function propose(options: ProposeOptions, terminal: Terminal): Promise<void> {
  checkWritable(options.json);
  const { readCampaign } = await import('../propose/campaign-file.js');
  const { readResults } = await import('../propose/results-file.js');
  const { openSpace } = await import('@ionloop/space');
  const { plan } = await import('@ionloop/planner');
  const campaign = await readCampaign(options.campaign);
  const space = openSpace(campaign.space);
  const observations = options.data === undefined ? [] : readResults(options.data, campaign, space);
  const answer = plan({
    space: campaign.space,
    objectives: campaign.objectives,
    strategy: campaign.strategy,
    seed: options.seed,
    count: options.count,
    experimentsSoFar: observations.length,
    observations,
    failures: [],
    pending: [],
  });
  terminal.out(`From ${observations.length} results, by ${campaign.strategy.name}:`);
  for (const line of await told(answer, campaign, space.describe)) terminal.out(line);
  writeJson(options.json, { proposals: answer.proposals, model: answer.model?.kind ?? null });
}

async function told(
  { proposals }: PlanAnswer,
  { objectives: [{ transform, unit, property }] }: Campaign,
  describe: (point: PlanAnswer['proposals'][number]['point']) => string,
): Promise<readonly string[]> {
  const { fromModelScale } = await import('@ionloop/chemistry');
  const shown = (value: number): string => fromModelScale(value, transform).toPrecision(3);
  if (proposals.length === 0) return ['Nothing is left to try.'];
  return proposals.flatMap(({ point, prediction, reason }, i) => [
    '',
    `${i + 1}. ${describe(point)}`,
    ...(prediction === null
      ? []
      : [
          `   ${property}: ${shown(prediction.mean)} ${unit} (${shown(prediction.mean - 2 * prediction.sd)} … ${shown(prediction.mean + 2 * prediction.sd)})`,
        ]),
    `   ${reason}`,
  ]);
}
