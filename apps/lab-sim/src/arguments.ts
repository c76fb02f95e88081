import { parseArgs } from 'node:util';

export interface LabArguments {
  readonly url: string;
  readonly stations: ReadonlyMap<string, string>;
  readonly speed: number;
  readonly seed: string;
  readonly spool: string;
  readonly failRate: number;
  readonly journal?: string;
}

export const usage = `usage: lab-sim --url URL --station NAME [--station NAME …] --spool FOLDER
               [--speed FACTOR] [--seed TEXT] [--fail-rate FRACTION] [--journal FILE]
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
      'fail-rate': { type: 'string', default: '0.02' },
    },
  });
  const { url, station: names = [], spool } = values;
  if (url === undefined || !URL.canParse(url))
    throw new Error(`--url is ${url ?? 'missing'}; it must be an address`);
  if (names.length === 0) throw new Error('--station is missing: name at least one');
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
    ...(values.journal === undefined ? {} : { journal: values.journal }),
  };
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
