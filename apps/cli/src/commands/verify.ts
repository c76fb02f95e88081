import type { Verdict } from '@ionloop/engine';
import type { Command } from 'commander';
import { Failure } from '../failure.js';
import { idOf } from '../launch/named-campaign.js';
import { withRecord } from '../launch/record.js';
import { checkWritable, writeJson } from '../report/json-file.js';
import { readSettings } from '../settings.js';
import type { Terminal } from '../terminal.js';

export function addVerify(program: Command, terminal: Terminal): void {
  program
    .command('verify')
    .summary('prove a campaign from its record')
    .description(
      'Checks the chain of the event log, replays it against the tables, and recomputes every plan byte for byte.\n' +
        'Looks at DATABASE_URL, or at the Ionloop of IONLOOP_HOME, whether or not it is running.',
    )
    .argument('<campaign>', 'its id, or its name')
    .option('--json <file>', 'also write the verdict here')
    .addHelpText(
      'after',
      `
Examples:
  ionloop verify "Li3PO4–Li3BO3–Li2SO4"
  ionloop verify 0198c1f0-… --json verdict.json`,
    )
    .action((campaign: string, { json }: { readonly json?: string }) => verify(campaign, json, terminal));
}

async function verify(campaign: string, json: string | undefined, terminal: Terminal): Promise<void> {
  checkWritable(json);
  const settings = readSettings(terminal);
  const { verifyCampaign } = await import('@ionloop/engine');
  const { plan, plannerVersion } = await import('@ionloop/planner');
  const verdict = await withRecord(settings, async ({ store: { read } }) =>
    verifyCampaign(
      read,
      { version: plannerVersion, plan: (request) => Promise.resolve(plan(request)) },
      await idOf(read, campaign),
    ),
  );
  for (const line of told(verdict)) terminal.out(line);
  writeJson(json, verdict);
  if (!verdict.ok) throw new Failure('the campaign does not verify');
}

function told({ campaignId, events, headHash, tablesCompared, plans, faults, ok }: Verdict): string[] {
  const different = plans.filter(({ identical }) => !identical);
  return [
    `Campaign ${campaignId}`,
    `Events: ${events}, head ${headHash}`,
    `Plans identical: ${plans.length - different.length} of ${plans.length}`,
    ...different.map(({ number, detail }) => `  plan ${number}: ${detail}`),
    tablesCompared
      ? 'Tables: compared with the log, row by row'
      : 'Tables: not compared, the campaign kept moving; verify it again when it rests',
    faults.length === 0 ? 'Faults: none' : `Faults: ${faults.length}`,
    ...faults.map((fault) => `  ${fault}`),
    ok ? 'Verified.' : 'NOT verified.',
  ];
}
