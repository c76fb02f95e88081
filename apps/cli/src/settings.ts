import { ConfigurationError, loadSettings, type Settings } from '@ionloop/config';
import { resolve } from 'node:path';
import { Failure } from './failure.js';
import type { Terminal } from './terminal.js';

/** The settings of this run; what is wrong with them is told by the variables' names. */
export function readSettings(terminal: Terminal): Settings {
  try {
    const settings = loadSettings(terminal.env);
    for (const warning of settings.warnings) terminal.err(`ionloop: ${warning}`);
    return { ...settings, home: resolve(settings.home) };
  } catch (error) {
    throw error instanceof ConfigurationError ? new Failure(error.message) : error;
  }
}
