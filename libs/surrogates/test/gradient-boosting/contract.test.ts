import { gradientBoosting } from '../../src/index.js';
import { surrogateContract } from '../../src/testing/index.js';

surrogateContract('bagged boosters', gradientBoosting({ rounds: 40, members: 6 }));
surrogateContract(
  'a virtual ensemble, second order, by histogram',
  gradientBoosting({
    rounds: 40,
    uncertainty: 'virtual',
    secondOrder: true,
    lambda: 0.1,
    splits: 'histogram',
    minSamplesLeaf: 2,
  }),
);
surrogateContract(
  'boosters with quantile boosters beside them',
  gradientBoosting({ rounds: 40, uncertainty: 'quantile', loss: 'huber', subsample: 0.8 }),
);
surrogateContract(
  'boosters of half the rows',
  gradientBoosting({ rounds: 40, uncertainty: 'none', subsample: 0.5 }),
);
