import type { Command } from 'commander';
import { Failure } from '../failure.js';
import { checkWritable, writeJson } from '../report/json-file.js';
import { table } from '../report/table.js';
import type { Terminal } from '../terminal.js';

export function addDoctor(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .summary('check that everything is in place')
    .description('Checks what `ionloop start` needs, and says what to do about what is missing.')
    .option('--json <file>', 'also write the checks here')
    .addHelpText('after', '\nExamples:\n  ionloop doctor\n  ionloop doctor --json checks.json')
    .action(({ json }: { readonly json?: string }) => doctor(json, terminal));
}

const marks = { ok: 'ok', note: '–', bad: 'NO' } as const;

async function doctor(json: string | undefined, terminal: Terminal): Promise<void> {
  checkWritable(json);
  const { examine } = await import('../doctor/examine.js');
  const checks = await examine(terminal);
  const rows = checks.map(({ state, what, finding }) => [marks[state], what, finding]);
  for (const line of table(['', 'check', 'finding'], rows)) terminal.out(line);
  const bad = checks.filter(({ state }) => state === 'bad');
  writeJson(json, { ok: bad.length === 0, checks });
  if (bad.length > 0) {
    throw new Failure(`would not start: ${bad.map(({ what }) => what).join(', ')}`);
  }
}
