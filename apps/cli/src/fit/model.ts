import {
  auto,
  catalogue,
  networkEntries,
  withPreparedInputs,
  type CatalogueEntry,
  type SurrogateFactory,
} from '@ionloop/surrogates';
import { WrongUsage } from '../failure.js';

const networks = ['network', 'deep-ensemble'];

/** The model of that name on inputs as a table has them; `blocks` are places of columns that describe one thing together. */
export async function modelNamed(
  name: string,
  blocks: readonly (readonly number[])[],
): Promise<SurrogateFactory> {
  if (name === 'auto') return auto({ blocks });
  const found = (await entriesWith(name)).find((entry) => entry.name === name);
  if (found === undefined) {
    throw new WrongUsage(
      `there is no model "${name}"; choose of ${[...catalogue.map((entry) => entry.name), ...networks].join(', ')}`,
    );
  }
  const factory = found.make();
  const { missing, categorical } = factory.capabilities;
  if (found.inputs === 'any scale' && missing && categorical) return factory;
  return withPreparedInputs(factory, found.inputs === 'unit cube' ? 'unit cube' : 'any');
}

/** Networks need a library that takes a while to load. */
async function entriesWith(name: string): Promise<readonly CatalogueEntry[]> {
  if (!networks.includes(name)) return catalogue;
  const { loadDeepEnsemble } = await import('@ionloop/surrogates/deep-ensemble');
  return networkEntries(await loadDeepEnsemble());
}
