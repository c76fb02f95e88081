/**
 * What is believed of the hyperparameters of G groups of inputs, each with D of mean 1 over pairs of rows, for a standardised response:
 * ln ℓ ~ N(½ ln G, 0.7), ln σ_f² ~ N(0, 0.6), ln σ_n² ~ N(−4, 1), and c = 0. Densities are those of the logarithms.
 */
import { layoutOf, log, type Kernel } from '@ionloop/linalg';
import type { Hyperparameter } from './priors.js';

function normal(
  role: Hyperparameter['role'],
  [mean, sd]: readonly [number, number],
  [lower, upper]: readonly [number, number],
): Hyperparameter {
  return { role, prior: { mean, sd }, start: mean, spread: sd, lower, upper };
}

/** θ, element by element: [the kernel's parameters, ln σ_n², c]. */
export function groupHyperparameters(kernel: Kernel): Hyperparameter[] {
  const { terms } = layoutOf(kernel);
  const groups = new Set(terms.flatMap(({ parts }) => parts.flatMap(({ lengthscales }) => lengthscales)));
  const found: Hyperparameter[] = [];
  for (const { variance, parts } of terms) {
    // Several terms share the variance of the response.
    found[variance] = normal('variance', [-log(terms.length), 0.6], [-3, 3]);
    for (const { lengthscales, alpha } of parts) {
      for (const place of lengthscales)
        found[place] = normal('lengthscale', [0.5 * log(groups.size), 0.7], [-4, 7]);
      if (alpha !== null) found[alpha] = normal('alpha', [0, 1], [-3, 4]);
    }
  }
  found.push(normal('noise', [-4, 1], [-9, 1]), { ...normal('mean', [0, 1], [0, 0]), spread: 0 });
  return found;
}
