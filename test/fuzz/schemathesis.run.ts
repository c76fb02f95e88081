import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { install, type Installation } from './installation.js';

const program = process.env['IONLOOP_SCHEMATHESIS'] ?? 'schemathesis';
const description = resolve(__dirname, '../../docs/openapi.json');

/**
 * Requests that another tool makes of docs/openapi.json, one by one and in sequences, with a token of each kind. Not one of the tests of `npm test`: no
 * Debian package has the program.
 */
describe('schemathesis, by `npm run schemathesis`', () => {
  let installation: Installation;
  beforeAll(async () => (installation = await install()), 180_000);
  afterAll(() => installation.close(), 60_000);

  it.each(['lab', 'admin'] as const)(
    'finds nothing as %s',
    async (who) => {
      const told = await run(program, [
        ...['run', description, '--url', installation.url, '--workers', '1', '--seed', '1'],
        ...['--header', `Authorization: Bearer ${installation.tokens[who]}`],
        ...['--phases', 'examples,coverage,fuzzing,stateful', '--max-examples', '20'],
        '--continue-on-failure',
        // A hash, a version, a form of a header: what a schema allows may be refused for what it says.
        ...['--exclude-checks', 'positive_data_acceptance'],
        // How fast it makes its cases says nothing of us.
        ...['--suppress-health-check', 'too_slow'],
        // Asked from this machine it needs no token.
        ...['--exclude-path', '/metrics'],
      ]);
      if (told.status !== 0) throw new Error(told.output);
      const [, summary = told.output] = told.output.split(/^=+ SUMMARY =+$/m);
      process.stderr.write(`As ${who}:\n${summary}\n`);
      expect(installation.api.alive).toBe(true);
      expect(installation.worker.alive).toBe(true);
    },
    1_200_000,
  );
});

function run(command: string, args: readonly string[]) {
  return new Promise<{ readonly status: number | null; readonly output: string }>((ended) => {
    // It keeps what it found in the folder that it is run in.
    const child = spawn(command, args, { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text: Buffer) => (output += text.toString()));
    }
    child.once('close', (status) => ended({ status, output }));
  });
}
