import type { Campaign } from '@ionloop/domain';
import { createCampaign, InMemoryStore, quietEngine } from '@ionloop/engine';
import { IonloopError, theLoop } from '@ionloop/domain';
import { Failure } from '../failure.js';
import { readJson } from '../input/text-file.js';

/** Of a file that names no budget. */
export const unlimited = 100_000;

/**
 * A campaign as one would be created on a server, checked the same way. Only space, objective and strategy are
 * needed; a strategy may be a name, or a name with the size of its initial design.
 */
export async function readCampaign(file: string): Promise<Campaign> {
  const input = readJson(file);
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new Failure(`${file} must hold an object with space, objective and strategy`);
  }
  const engine = quietEngine(new InMemoryStore(() => new Date()));
  try {
    return await createCampaign(engine, theLoop, { name: file, budget: unlimited, ...flattened(input) });
  } catch (error) {
    if (!(error instanceof IonloopError)) throw error;
    throw new Failure(`${file}: ${error.message}`);
  }
}

function flattened(input: object): object {
  if (!('strategy' in input) || typeof input.strategy !== 'object' || input.strategy === null) return input;
  const { strategy, ...rest } = input;
  const { name, ...others } = strategy as { readonly name?: unknown };
  return { ...rest, ...others, strategy: name };
}
