import type { Capabilities, SurrogateFactory } from './contract.js';

/** Of factories that are given the same data: noise serves those that look at it; all else must be of use to every one. */
export function sharedCapabilities(factories: readonly SurrogateFactory[]): Capabilities {
  const all = (name: keyof Capabilities) => factories.every(({ capabilities }) => capabilities[name]);
  return {
    noise: factories.some(({ capabilities }) => capabilities.noise),
    weights: all('weights'),
    missing: all('missing'),
    categorical: all('categorical'),
    censored: all('censored'),
    source: all('source'),
  };
}
