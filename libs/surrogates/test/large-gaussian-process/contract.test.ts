import { randomFeatureGaussianProcess, sparseGaussianProcess } from '../../src/index.js';
import { surrogateContract } from '../../src/testing/index.js';

surrogateContract('a sparse Gaussian process', sparseGaussianProcess({ inducing: 16 }));
surrogateContract('a Gaussian process of random features', randomFeatureGaussianProcess({ features: 128 }));
