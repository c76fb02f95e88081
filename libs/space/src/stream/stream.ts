import type { Stream } from './contract.js';
import { openProduct } from './product.js';
import { isSubstitution, type StreamSpec } from './spec.js';
import { openSubstitutions } from './substitution.js';

/**
 * The order is that in which a small space lists its points: the first parameter changes slowest, mixtures run through
 * their recipes lexicographically, continua from their smallest value to their largest.
 */
export function openStream(spec: StreamSpec): Stream {
  return isSubstitution(spec) ? openSubstitutions(spec) : openProduct(spec);
}
