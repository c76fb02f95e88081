import { readColumns, meaningsFor } from '../history/columns.js';
import { look } from '../history/look.js';
import { type Preview, previewed, type PreviewRow, previewRow } from '../history/preview.js';
import type { BadRow } from '../history/read-row.js';
import { reportedColumn } from '../history/report.js';
import { headOf } from '../history/rows.js';
import { survey } from '../history/survey.js';
import type { ImportOutcome } from './import.js';
import type { ImportWork } from './run.js';

/** After so many rows the record hears how far it is. */
const toldEach = 5000;

/** Looks at a table: how it is written, what its columns mean, and what would become of each row. */
export async function surveyTable({
  engine,
  one,
  campaign,
  run,
  file,
  tell,
}: ImportWork): Promise<ImportOutcome> {
  const { imports, read } = engine.store;
  const { id, options } = one;
  const surveyed = await survey(file, options.encoding);
  const { delimiter, decimal, headers, rows } = await headOf(file, surveyed, options);
  const { columns, problems } = readColumns(headers, campaign, options);
  const { bytes, sha256, encoding } = surveyed;
  const preview: Omit<Preview, 'rows'> = {
    file: { name: file.name, bytes, sha256, encoding, delimiter, decimal },
    columns: columns.map(reportedColumn),
    meanings: meaningsFor(campaign),
    problems,
    revision: campaign.revision,
  };
  if (problems.length > 0) {
    await imports.addBad(id, run, []);
    return { preview: { ...preview, rows: rows.slice(0, previewed).map((row) => previewRow(row, null)) } };
  }
  const shown: PreviewRow[] = [];
  let wrong: BadRow[] = [];
  let told = 0;
  await imports.addBad(id, run, []);
  const keepWrong = async (): Promise<void> => {
    if (wrong.length > 0) await imports.addBad(id, run, wrong);
    wrong = [];
  };
  const layout = { delimiter, decimal, columns };
  const report = await look(read, campaign, file, { surveyed, layout }, options, {
    onBad: (row) => wrong.push(row),
    onRow: (row, verdict) => {
      if (shown.length < previewed) shown.push(previewRow(row, verdict));
    },
    onProgress: async (far) => {
      if (wrong.length >= 1000) await keepWrong();
      if (far.rows - told < toldEach) return;
      told = far.rows;
      await tell({ rows: far.rows, bytes: far.bytes, bad: far.bad, written: 0 });
    },
  });
  await keepWrong();
  await tell({ rows: report.rows, bytes: surveyed.bytes, bad: report.bad, written: 0 });
  return { report, preview: { ...preview, rows: shown } };
}
