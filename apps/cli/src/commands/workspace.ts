import type { Command } from 'commander';
import { operator } from '../launch/operator.js';
import { engineOn, withRecord } from '../launch/record.js';
import { checkWritable, writeJson } from '../report/json-file.js';
import { table } from '../report/table.js';
import { readSettings } from '../settings.js';
import type { Terminal } from '../terminal.js';

export function addWorkspace(program: Command, terminal: Terminal): void {
  const workspace = program
    .command('workspace')
    .summary('create and list workspaces')
    .description('Workspaces: campaigns, stations and tokens apart from those of others.')
    .addHelpText(
      'after',
      `
Examples:
  ionloop workspace create batteries --name "Battery laboratory"
  ionloop token create --name "Ada" --role admin --workspace batteries
  ionloop workspace list`,
    );
  workspace
    .command('create')
    .description('Creates a workspace; make a token for it next.')
    .argument('<id>', 'small letters, digits and hyphens between them')
    .requiredOption('--name <name>', 'what people call it')
    .option('--json <file>', 'also write it here')
    .addHelpText('after', '\nExample:\n  ionloop workspace create batteries --name "Battery laboratory"')
    .action((id: string, options: CreateOptions) => create(id, options, terminal));
  workspace
    .command('list')
    .description('Lists all workspaces.')
    .option('--json <file>', 'also write them here')
    .addHelpText('after', '\nExample:\n  ionloop workspace list --json workspaces.json')
    .action((options: { readonly json?: string }) => list(options.json, terminal));
}

interface CreateOptions {
  readonly name: string;
  readonly json?: string;
}

async function create(id: string, { name, json }: CreateOptions, terminal: Terminal): Promise<void> {
  checkWritable(json);
  const settings = readSettings(terminal);
  const { createWorkspace } = await import('@ionloop/engine');
  const made = await withRecord(settings, async ({ store }) =>
    createWorkspace(await engineOn(store, settings), operator(), { id, name }),
  );
  terminal.out(`The workspace ${made.id} is there.`);
  writeJson(json, made);
}

async function list(json: string | undefined, terminal: Terminal): Promise<void> {
  checkWritable(json);
  const all = await withRecord(readSettings(terminal), ({ store }) => store.workspaces.all());
  const rows = all.map(({ id, name, createdAt }) => [id, name, createdAt.slice(0, 10)]);
  for (const line of table(['id', 'name', 'since'], rows)) terminal.out(line);
  writeJson(json, all);
}
