import type { Setting } from './setting.js';
import { settingsTable } from './settings-table.js';

/** The settings as a table for the documentation. */
export function settingsMarkdown(): string {
  const rows = Object.values<Setting<unknown>>(settingsTable).map(
    (entry) =>
      `| \`${entry.name}\` | ${defaultCell(entry)} | ${entry.meaning.replaceAll('|', '\\|')} | ${entry.expected} |`,
  );
  return ['| variable | default | meaning | written as |', '| --- | --- | --- | --- |', ...rows, ''].join(
    '\n',
  );
}

function defaultCell(entry: Setting<unknown>): string {
  if (entry.defaultShown !== undefined) return entry.defaultShown;
  return entry.default === undefined ? 'none' : `\`${entry.default}\``;
}
