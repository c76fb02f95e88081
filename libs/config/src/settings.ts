import { readFileSync } from 'node:fs';
import { ConfigurationError, type Problem } from './errors.js';
import { mask } from './mask.js';
import { nearest } from './nearest.js';
import type { Setting } from './setting.js';
import { otherVariables, settingsTable, type SettingsTable } from './settings-table.js';

type ValueOf<Entry> =
  Entry extends Setting<infer Value> ? (Entry['default'] extends string ? Value : Value | undefined) : never;

export type Settings = {
  readonly [Key in keyof SettingsTable]: ValueOf<SettingsTable[Key]>;
} & {
  /** Sentences about variables that look like settings and are none. */
  readonly warnings: readonly string[];
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads and checks every setting at once; throws one `ConfigurationError` that names all that is wrong. */
export function loadSettings(env: Environment = process.env): Settings {
  const problems: Problem[] = [];
  const values = Object.fromEntries(
    Object.entries<Setting<unknown>>(settingsTable).map(([key, entry]) => [key, read(entry, env, problems)]),
  );
  // Every entry of the table was read by its own parser, so the values have the types that the table gives them.
  const settings = { ...values, warnings: Object.freeze(warningsAbout(env)) } as Settings;
  if (problems.length === 0) problems.push(...contradictions(settings));
  if (problems.length > 0) throw new ConfigurationError(problems);
  return Object.freeze(settings);
}

function read(entry: Setting<unknown>, env: Environment, problems: Problem[]): unknown {
  const given = (entry.secret === true ? inFile(entry, env, problems) : undefined) ?? env[entry.name]?.trim();
  const written = given === undefined || given === '' ? entry.default : given;
  if (written === undefined) return undefined;
  const value = entry.parse(written);
  if (value === undefined) {
    const shown = entry.secret === true ? mask(written) : written;
    problems.push({ variable: entry.name, value: shown, expected: entry.expected });
  }
  return value;
}

/** A secret may stand in a file, as containers get theirs: `DATABASE_URL_FILE` names it. */
function inFile({ name }: Setting<unknown>, env: Environment, problems: Problem[]): string | undefined {
  const variable = `${name}_FILE`;
  const file = env[variable]?.trim();
  if (file === undefined || file === '') return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    problems.push({ variable, value: file, expected: `a file that can be read and holds ${name}` });
    return undefined;
  }
}

function contradictions(settings: Settings): Problem[] {
  const { heartbeatSeconds, leaseSeconds, oidcIssuer, oidcAudience, oidcKeys } = settings;
  const { leaseSeconds: lease, heartbeatSeconds: heartbeat, oidcIssuer: issuer } = settingsTable;
  const { oidcAudience: audience, oidcKeys: keys } = settingsTable;
  const problems: Problem[] = [];
  if (heartbeatSeconds >= leaseSeconds) {
    const expected = `less than ${lease.name}, which is ${leaseSeconds}`;
    problems.push({ variable: heartbeat.name, value: String(heartbeatSeconds), expected });
  }
  if (oidcIssuer !== undefined && oidcAudience === undefined) {
    const expected = `what tokens of ${oidcIssuer} name as their audience`;
    problems.push({ variable: audience.name, value: '', expected });
  }
  for (const [{ name: variable }, value] of [
    [issuer, oidcIssuer],
    [keys, oidcKeys],
  ] as const) {
    if (value === undefined || isPrivate(value)) continue;
    problems.push({ variable, value, expected: 'https://, as keys are believed from there' });
  }
  return problems;
}

/** Nobody on the way can put other bytes in. */
const isPrivate = (address: string): boolean => {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
};

function warningsAbout(env: Environment): string[] {
  const known = Object.values<Setting<unknown>>(settingsTable).flatMap(({ name, secret }) =>
    secret === true ? [name, `${name}_FILE`] : [name],
  );
  return Object.keys(env)
    .filter((name) => name.startsWith('IONLOOP_') && !known.includes(name) && !otherVariables.includes(name))
    .sort()
    .map(
      (name) =>
        `${name} is not a setting and has no effect; the nearest that is one is ${nearest(name, known)}.`,
    );
}
