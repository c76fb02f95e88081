import { theLoop } from '@ionloop/domain';
import { issueToken, revokeToken, type Engine } from '@ionloop/engine';

export const demoStations = ['sim-1', 'sim-2'] as const;

const nameOf = (station: string): string => `demo lab ${station}`;

/** A token for each simulated station. Those of earlier starts are worth nothing from now on. */
export async function issueLabTokens(engine: Engine, days: number): Promise<ReadonlyMap<string, string>> {
  await revokeTokens(engine, demoStations.map(nameOf));
  const tokens = new Map<string, string>();
  for (const station of demoStations) {
    const { secret } = await issueToken(engine, { name: nameOf(station), role: 'lab', station, days });
    tokens.set(station, secret);
  }
  return tokens;
}

const linkName = 'first sign-in';
const linkDays = 1;

/** The secret of the link that signs a browser in, once. A link of an earlier start that nobody used is void. */
export async function issueLinkToken(engine: Engine): Promise<string> {
  const unused = (await engine.store.tokens.all()).filter(
    ({ name, oneTime, revokedAt }) => oneTime && name === linkName && revokedAt === null,
  );
  for (const { id } of unused) await revokeToken(engine, theLoop, id);
  const { secret } = await issueToken(engine, {
    name: linkName,
    role: 'admin',
    days: linkDays,
    oneTime: true,
    instance: true,
  });
  return secret;
}

async function revokeTokens(engine: Engine, names: readonly string[]): Promise<void> {
  for (const token of await engine.store.tokens.all()) {
    if (token.role === 'lab' && token.revokedAt === null && names.includes(token.name)) {
      await revokeToken(engine, theLoop, token.id);
    }
  }
}
