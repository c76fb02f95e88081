import { settingsTable } from '@ionloop/config';
import type { Terminal } from '../terminal.js';

type Environment = Readonly<Record<string, string>>;

/** What programs need of the system. Nothing else of ours or of the user's is handed down. */
const ofTheSystem = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'LANG',
  'LC_ALL',
  'TZ',
  'NODE_ENV',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];
const ofTelemetry = 'OTEL_';

/** For a simulated lab, which is a client and knows no more than any client would. */
export const systemEnvironment = (env: Terminal['env']): Environment => ({
  NODE_ENV: 'production',
  ...chosen(env, (name) => ofTheSystem.includes(name)),
});

/** For the processes that are Ionloop: all settings too. */
export function serviceEnvironment(env: Terminal['env'], own: Environment): Environment {
  const settings = Object.values(settingsTable).map(({ name }) => name);
  return {
    ...systemEnvironment(env),
    ...chosen(env, (name) => settings.includes(name) || name.startsWith(ofTelemetry)),
    ...own,
  };
}

function chosen(env: Terminal['env'], wanted: (name: string) => boolean): Environment {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value !== undefined && wanted(name) ? [[name, value]] : [],
    ),
  );
}
