import { gaussianProcess, randomForest } from '../src/index.js';
import { surrogateContract } from '../src/testing/index.js';

surrogateContract('a Gaussian process', gaussianProcess());
surrogateContract(
  'a Gaussian process of learned signal variance',
  gaussianProcess({ kernel: 'rbf', learnSignal: true }),
);
surrogateContract('a random forest', randomForest({ trees: 100 }));
