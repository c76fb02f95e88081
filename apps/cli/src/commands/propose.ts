import type { PlanAnswer, PlanRequest } from '@ionloop/domain';
import type { Command } from 'commander';
import { wholeNumber } from '../input/options.js';
import { checkWritable, writeJson } from '../report/json-file.js';
import type { Terminal } from '../terminal.js';

interface ProposeOptions {
  readonly campaign: string;
  readonly data?: string;
  readonly knowledge?: readonly string[];
  readonly count: number;
  readonly seed: string;
  readonly advice?: true;
  readonly json?: string;
}

export function addPropose(program: Command, terminal: Terminal): void {
  program
    .command('propose')
    .summary('say what to try next, from two files, without a server')
    .description(
      'Says what to try next. The campaign file holds {space, objective, strategy} as a campaign on the server does;\n' +
        'the data file has a column for each parameter or component and one named after each property.\n' +
        'It may want several {objectives}, keep {limits} to further properties, and say what experiments {cost}.',
    )
    .requiredOption('--campaign <file.json>', 'what may be varied, what is wanted, how to go about it')
    .option('--data <file.csv>', 'results so far (default: none yet)')
    .option(
      '--knowledge <file.csv...>',
      'results from elsewhere, such as the literature: learned from as far as they go with the own ones',
    )
    .option('--count <n>', 'how many proposals', wholeNumber(1, 1000), 4)
    .option('--seed <text>', 'the same seed and data give the same proposals', 'propose')
    .option('--advice', 'also say whether to stop, and whether the model can be trusted')
    .option('--json <file>', 'also write the proposals here')
    .addHelpText(
      'after',
      `
Examples:
  ionloop propose --campaign ternary.json
  ionloop propose --campaign ternary.json --data results.csv --count 8 --json next.json
  ionloop propose --campaign ternary.json --data results.csv --knowledge papers.csv
  ionloop propose --campaign ternary.json --data results.csv --advice`,
    )
    .action((options: ProposeOptions) => propose(options, terminal));
}

async function propose(options: ProposeOptions, terminal: Terminal): Promise<void> {
  checkWritable(options.json);
  const { readRequest } = await import('../propose/request.js');
  const { openSpace } = await import('@ionloop/space');
  const { plan } = await import('@ionloop/planner');
  const asked = await readRequest(options);
  const { request } = asked;
  const { describe } = openSpace(request.space);
  const answer = plan(request);
  const own = request.observations.filter(({ source = 0 }) => source === 0).length;
  const others = request.observations.length - own;
  const elsewhere = others === 0 ? '' : ` and ${others} from elsewhere`;
  terminal.out(`From ${own} results${elsewhere}, by ${request.strategy.name}:`);
  for (const line of await told(answer, request, describe)) terminal.out(line);
  const report = { proposals: answer.proposals, model: answer.model?.kind ?? null };
  if (options.advice !== true) {
    writeJson(options.json, report);
    return;
  }
  const { adviceOn, toldAdvice } = await import('../propose/advice.js');
  const advice = adviceOn(asked);
  for (const line of ['', ...toldAdvice(advice, describe)]) terminal.out(line);
  writeJson(options.json, { ...report, advice });
}

async function told(
  { proposals }: PlanAnswer,
  { objectives }: PlanRequest,
  describe: (point: PlanAnswer['proposals'][number]['point']) => string,
): Promise<readonly string[]> {
  const { fromModelScale } = await import('@ionloop/chemistry');
  if (proposals.length === 0) return ['Nothing is left to try.'];
  return proposals.flatMap(({ point, prediction, grounds, reason }, i) => [
    '',
    `${i + 1}. ${describe(point)}`,
    ...objectives.flatMap(({ property, unit, transform }, k) => {
      const predicted = k === 0 ? prediction : (grounds?.predictions[k] ?? null);
      if (predicted === null) return [];
      const { mean, sd } = predicted;
      const shown = (value: number): string => fromModelScale(value, transform).toPrecision(3);
      return [`   ${property}: ${shown(mean)} ${unit} (${shown(mean - 2 * sd)} … ${shown(mean + 2 * sd)})`];
    }),
    `   ${reason}`,
  ]);
}
