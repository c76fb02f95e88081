import { defaultWorkspace } from '@ionloop/domain';
import { Option, type Command } from 'commander';
import { WrongUsage } from '../failure.js';
import { artifactsOn } from '../launch/artifacts.js';
import { idOf } from '../launch/named-campaign.js';
import { withRecord } from '../launch/record.js';
import { writeStream } from '../report/stream-file.js';
import { readSettings } from '../settings.js';
import type { Terminal } from '../terminal.js';

const formats = ['csv', 'jsonld', 'bundle'] as const;
type Format = (typeof formats)[number];

interface ExportOptions {
  readonly out?: string;
  readonly format?: Format;
}

export function addExport(program: Command, terminal: Terminal): void {
  program
    .command('export')
    .summary('write a campaign to a file: CSV, linked data, or a bundle')
    .description(
      'Writes a campaign to a file. CSV has a line for each measurement; JSON-LD says the same with units of QUDT, terms of\n' +
        'EMMO and provenance; a bundle has the whole log with the files it names, and `import` brings it back to the same hash.',
    )
    .argument('<campaign>', 'its id, or its name')
    .option('--out <file>', 'where to; without it CSV and JSON-LD are printed')
    .addOption(new Option('--format <format>', 'as what (default: by the file’s ending)').choices(formats))
    .addHelpText(
      'after',
      `
Examples:
  ionloop export "Li3PO4–Li3BO3–Li2SO4" --out campaign.csv
  ionloop export "Li3PO4–Li3BO3–Li2SO4" --out campaign.jsonld
  ionloop export 0198c1f0-… --out campaign.tar.gz`,
    )
    .action((campaign: string, options: ExportOptions) => exportTo(campaign, options, terminal));
}

async function exportTo(
  campaign: string,
  { out, format: told }: ExportOptions,
  terminal: Terminal,
): Promise<void> {
  const format = told ?? formatOf(out);
  if (format === 'bundle' && out === undefined) {
    throw new WrongUsage('a bundle is not text: say with --out which file it goes to');
  }
  const settings = readSettings(terminal);
  const { exportBundle, exportCsv, exportJsonLd, ScopedStore } = await import('@ionloop/engine');
  await withRecord(settings, async ({ store }) => {
    const id = await idOf(store.read, campaign);
    const bundleOf = async (campaignId: string): Promise<AsyncIterable<Uint8Array>> => {
      const workspace = (await store.workspaces.ofCampaign(campaignId)) ?? defaultWorkspace;
      const own = new ScopedStore(store, { workspace, campaign: null });
      return exportBundle(own, await artifactsOn(settings, workspace), campaignId);
    };
    const content =
      format === 'csv'
        ? exportCsv(store.read, id)
        : format === 'jsonld'
          ? exportJsonLd(store.read, id, settings)
          : await bundleOf(id);
    const bytes = await writeStream(out, content, terminal);
    if (out !== undefined) terminal.err(`${out}: ${bytes} bytes.`);
  });
}

function formatOf(file: string | undefined): Format {
  if (file === undefined || /\.csv$/i.test(file)) return 'csv';
  if (/\.(jsonld|json)$/i.test(file)) return 'jsonld';
  if (/\.(tar\.gz|tgz)$/i.test(file)) return 'bundle';
  throw new WrongUsage(
    `"${file}" does not tell what is wanted: end it with .csv, .jsonld or .tar.gz, or say it with --format`,
  );
}
