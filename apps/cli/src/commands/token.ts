import { roles, type Role, type Token } from '@ionloop/domain';
import { Option, type Command } from 'commander';
import { WrongUsage } from '../failure.js';
import { positiveNumber } from '../input/options.js';
import { operator } from '../launch/operator.js';
import { engineOn, withRecord } from '../launch/record.js';
import { checkWritable, writeJson } from '../report/json-file.js';
import { table } from '../report/table.js';
import { readSettings } from '../settings.js';
import type { Terminal } from '../terminal.js';

export function addToken(program: Command, terminal: Terminal): void {
  const token = program
    .command('token')
    .summary('create, list and revoke access tokens')
    .description('Access tokens: create, list, revoke.')
    .addHelpText(
      'after',
      `
Examples:
  ionloop token create --name "Ada's notebook" --role planner --days 90
  ionloop token create --name furnace --role lab --station furnace-1
  ionloop token list
  ionloop token revoke 0198c1f0-…`,
    );
  token
    .command('create')
    .description('Creates a token; its secret is printed, this once.')
    .requiredOption('--name <name>', 'whose it is, or what for')
    .addOption(new Option('--role <role>', 'what it may do').choices(roles).makeOptionMandatory())
    .option('--station <name>', 'for the role lab: the station it speaks for')
    .option('--workspace <id>', 'where it is valid (default: the default one)')
    .option('--campaign <id>', 'the only campaign that it can see')
    .option('--days <n>', 'how long it is valid (default: IONLOOP_TOKEN_DAYS)', positiveNumber(3650))
    .option('--json <file>', 'also write token and secret here')
    .addHelpText('after', '\nExample:\n  ionloop token create --name furnace --role lab --station furnace-1')
    .action((options: CreateOptions) => create(options, terminal));
  token
    .command('list')
    .description('Lists all tokens, without their secrets.')
    .option('--json <file>', 'also write them here')
    .addHelpText('after', '\nExample:\n  ionloop token list --json tokens.json')
    .action((options: { readonly json?: string }) => list(options.json, terminal));
  token
    .command('revoke')
    .description('Makes a token worthless from now on.')
    .argument('<id>', 'the id, as listed')
    .addHelpText('after', '\nExample:\n  ionloop token revoke 0198c1f0-…')
    .action((id: string) => revoke(id, terminal));
}

interface CreateOptions {
  readonly name: string;
  readonly role: Role;
  readonly station?: string;
  readonly workspace?: string;
  readonly campaign?: string;
  readonly days?: number;
  readonly json?: string;
}

async function create(options: CreateOptions, terminal: Terminal): Promise<void> {
  const { name, role, station, workspace, campaign, json } = options;
  if (role === 'lab' && station === undefined) {
    throw new WrongUsage('a lab token speaks for one station: name it with --station');
  }
  if (role !== 'lab' && station !== undefined) {
    throw new WrongUsage(`only a lab token is bound to a station, not one for a ${role}`);
  }
  checkWritable(json);
  const settings = readSettings(terminal);
  const { issueToken } = await import('@ionloop/engine');
  const { token, secret } = await withRecord(settings, async ({ store }) =>
    issueToken(
      await engineOn(store, settings),
      {
        name,
        role,
        days: options.days ?? settings.tokenDays,
        ...(station === undefined ? {} : { station }),
        ...(workspace === undefined ? {} : { workspace }),
        ...(campaign === undefined ? {} : { campaign }),
        // Whoever may write to the record may do everything there is.
        instance: role === 'admin' && workspace === undefined,
      },
      operator(),
    ),
  );
  terminal.out(secret);
  terminal.err(
    `Token ${token.id} for "${token.name}" (${role}), valid until ${token.expiresAt}. Keep it: it is not shown again.`,
  );
  writeJson(json, { ...withoutHash(token), secret });
}

async function list(json: string | undefined, terminal: Terminal): Promise<void> {
  checkWritable(json);
  const tokens = await withRecord(readSettings(terminal), async ({ store }) => ({
    now: await store.read.now(),
    all: await store.tokens.all(),
  }));
  const shown = tokens.all.map(withoutHash);
  const state = ({ revokedAt, expiresAt }: (typeof shown)[number]): string =>
    revokedAt !== null
      ? 'revoked'
      : new Date(expiresAt) <= tokens.now
        ? 'expired'
        : `until ${expiresAt.slice(0, 10)}`;
  const rows = shown.map((token) => [
    token.id,
    token.name,
    token.role,
    token.station ?? '',
    token.workspace,
    token.oneTime ? 'once' : '',
    state(token),
  ]);
  for (const line of table(['id', 'name', 'role', 'station', 'workspace', 'use', 'valid'], rows))
    terminal.out(line);
  writeJson(json, shown);
}

function withoutHash(token: Token): Omit<Token, 'hash'> {
  const { id, name, role, station, workspace, campaign, instance, oneTime } = token;
  const { createdAt, expiresAt, revokedAt } = token;
  return {
    ...{ id, name, role, station, workspace, campaign, instance, oneTime },
    ...{ createdAt, expiresAt, revokedAt },
  };
}

async function revoke(id: string, terminal: Terminal): Promise<void> {
  const settings = readSettings(terminal);
  const { revokeToken } = await import('@ionloop/engine');
  const token = await withRecord(settings, async ({ store }) =>
    revokeToken(await engineOn(store, settings), operator(), id),
  );
  terminal.out(`The token "${token.name}" is revoked.`);
}
