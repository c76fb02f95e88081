import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readFault, type FaultRule } from './faults/plan.js';
import type { LabDescription } from './lab/description.js';
import { readLab } from './lab/read.js';

export interface LabArguments {
  readonly url: string;
  readonly stations: ReadonlyMap<string, string>;
  readonly speed: number;
  readonly seed: string;
  readonly spool: string;
  readonly failRate: number;
  readonly journal?: string;
  readonly lab?: LabDescription;
  readonly virtual: boolean;
  readonly faults: readonly FaultRule[];
  readonly outageSeconds: number;
}

export const usage = `usage: lab-sim --url URL --spool FOLDER (--station NAME [--station NAME …] | --lab FILE)
               [--speed FACTOR] [--seed TEXT] [--virtual] [--fail-rate FRACTION]
               [--fault KIND[:RATE|@NTH] …] [--outage SECONDS] [--journal FILE]
       lab-sim score --journal FILE --url URL --campaign ID [--json FILE]
The stations' tokens come in IONLOOP_LAB_TOKENS, as JSON: {"sim-1": "ion_…"}.`;

/** Refuses what is wrong by its name; secrets are never part of the command line. */
export function readArguments(argv: readonly string[], tokens: string | undefined): LabArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      url: { type: 'string' },
      station: { type: 'string', multiple: true },
      spool: { type: 'string' },
      speed: { type: 'string', default: '20' },
      seed: { type: 'string', default: 'lab-sim' },
      journal: { type: 'string' },
      lab: { type: 'string' },
      virtual: { type: 'boolean', default: false },
      fault: { type: 'string', multiple: true },
      outage: { type: 'string', default: '5' },
      'fail-rate': { type: 'string', default: '0.02' },
    },
  });
  const { url, spool } = values;
  const lab = values.lab === undefined ? undefined : labIn(values.lab);
  const names = values.station ?? lab?.stations.map(({ name }) => name) ?? [];
  const stranger = lab && names.find((name) => !lab.stations.some((station) => station.name === name));
  if (stranger !== undefined) throw new Error(`--station "${stranger}" is not in ${values.lab ?? ''}`);
  if (url === undefined || !URL.canParse(url))
    throw new Error(`--url is ${url ?? 'missing'}; it must be an address`);
  if (names.length === 0) throw new Error('--station is missing: name at least one, or a --lab');
  if (spool === undefined) throw new Error('--spool is missing: results need a folder to be safe in');
  const secrets = readTokens(tokens);
  const stations = new Map(
    names.map((name) => {
      const token = secrets[name];
      if (typeof token !== 'string') throw new Error(`IONLOOP_LAB_TOKENS has no token for station "${name}"`);
      return [name, token] as const;
    }),
  );
  return {
    url,
    stations,
    spool,
    seed: values.seed,
    speed: positive('--speed', values.speed, Infinity),
    failRate: positive('--fail-rate', values['fail-rate'], 1, 0),
    virtual: values.virtual,
    faults: (values.fault ?? []).map(readFault),
    outageSeconds: positive('--outage', values.outage, Infinity),
    ...(lab === undefined ? {} : { lab }),
    ...(values.journal === undefined ? {} : { journal: values.journal }),
  };
}

/** What is wrong with a lab's file is said with the file's name. */
function labIn(path: string): LabDescription {
  try {
    return readLab(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Error(`--lab ${path}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function readTokens(tokens: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(tokens ?? '');
    if (typeof parsed === 'object' && parsed !== null) return parsed as Readonly<Record<string, unknown>>;
  } catch {
    // Said below, without the secret in it.
  }
  throw new Error('IONLOOP_LAB_TOKENS must be JSON: a token for each station by its name');
}

function positive(name: string, text: string, most: number, least = Number.MIN_VALUE): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new Error(
    `${name} is "${text}"; it must be a number${most === Infinity ? ' above 0' : ` from ${least} to ${most}`}`,
  );
}
