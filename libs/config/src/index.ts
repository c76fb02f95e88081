export { ConfigurationError, type Problem } from './errors.js';
export { mask } from './mask.js';
export { loadSettings, type Environment, type Settings } from './settings.js';
export { settingsMarkdown } from './settings-markdown.js';
export type { Meaning } from './kinds.js';
export type { Setting } from './setting.js';
export { settingsTable, type SettingsTable } from './settings-table.js';
