import type { Command } from 'commander';
import { Failure, WrongUsage } from '../failure.js';
import { names, wholeNumber } from '../input/options.js';
import { checkWritable, writeJson } from '../report/json-file.js';
import { table } from '../report/table.js';
import type { Terminal } from '../terminal.js';

export function addConform(program: Command, terminal: Terminal): void {
  program
    .command('conform')
    .summary('prove that a lab client survives what goes wrong')
    .description(
      'Runs a station, in any language, against a server that loses replies, takes back leases, cancels, restarts\n' +
        'and answers late; prints what passed and what was seen instead. docs/lab-integration.md says which settings\n' +
        'the station finds in its environment.',
    )
    .argument('<command...>', 'starts the station; after --')
    .option('--cases <names>', 'only these, with commas between them', names)
    .option('--parallel <n>', 'how many cases at a time', wholeNumber(1, 32), 4)
    .option('--json <file>', 'also write the findings here')
    .addHelpText(
      'after',
      `
Examples:
  ionloop conform -- python clients/python/examples/simulator.py
  ionloop conform --cases lost-reply-submit,cancel-while-running -- ./my-station --simulate`,
    )
    .action((command: readonly string[], options: ConformOptions) => run(command, options, terminal));
}

interface ConformOptions {
  readonly cases?: readonly string[];
  readonly parallel: number;
  readonly json?: string;
}

async function run(
  [file, ...args]: readonly string[],
  options: ConformOptions,
  terminal: Terminal,
): Promise<void> {
  checkWritable(options.json);
  if (file === undefined) throw new WrongUsage('say which command starts the station, after --');
  const { cases, conform } = await import('@ionloop/lab-client/conformance');
  const unknown = options.cases?.find((wanted) => !cases.some(({ name }) => name === wanted));
  if (unknown !== undefined) {
    throw new WrongUsage(
      `there is no case "${unknown}"; there are ${cases.map(({ name }) => name).join(', ')}`,
    );
  }
  let done = 0;
  const findings = await conform({
    command: [file, ...args],
    env: terminal.env,
    parallel: options.parallel,
    ...(options.cases === undefined ? {} : { names: options.cases }),
    onFinding: ({ name }) => terminal.progress(`${++done} done, last ${name}`),
  });
  terminal.progress('');
  const rows = findings.map(({ name, passed, expected, seen }) => [
    passed ? 'pass' : 'FAIL',
    name,
    passed ? expected : seen,
  ]);
  for (const line of table(['', 'case', 'expected, or what came instead'], rows)) terminal.out(line);
  writeJson(options.json, findings);
  const failed = findings.filter(({ passed }) => !passed);
  for (const { name, output } of failed) {
    const last = output.trimEnd().split('\n').slice(-5).join('\n    ');
    if (last !== '') terminal.err(`${name}, the last that the client wrote:\n    ${last}`);
  }
  if (failed.length > 0) throw new Failure(`${failed.length} of ${findings.length} cases failed`);
}
