import { describe, expect, it } from '@jest/globals';
import { surrogateContract } from '../../src/testing/index.js';
import { beforeAllLoad, capabilities, factories, later } from './support.js';

beforeAllLoad();

// Little to learn, so quickly learnt.
const brief = { widths: [16], activation: 'swish', epochs: 40, learningRate: 0.1 } as const;
surrogateContract(
  'a deep ensemble',
  later('deep-ensemble', () => factories().deepEnsemble({ ...brief, members: 4 })),
);
surrogateContract(
  'a neural network',
  later('neural-network', () => factories().neuralNetwork(brief)),
);

describe('what the contract was shown', () => {
  it('is what the factories are', () => {
    expect(factories().deepEnsemble()).toMatchObject({ kind: 'deep-ensemble', capabilities });
    expect(factories().neuralNetwork()).toMatchObject({ kind: 'neural-network', capabilities });
  });
});
