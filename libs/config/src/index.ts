export { ConfigurationError, type Problem } from './errors.js';
export { mask } from './mask.js';
export { loadSettings, type Environment, type Settings } from './settings.js';
export { settingsMarkdown } from './settings-markdown.js';
export { settingsTable, type Setting, type SettingsTable } from './settings-table.js';
