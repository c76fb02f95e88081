import { bayesianLinear } from '../../src/linear/bayesianLinear.js';
import { leastSquares } from '../../src/linear/leastSquares.js';
import { ridge } from '../../src/linear/ridge.js';
import { surrogateContract } from '../../src/testing/index.js';

surrogateContract('least squares', leastSquares());
surrogateContract('least squares of squares and products', leastSquares({ degree: 2, interactions: true }));
surrogateContract('ridge by leave-one-out', ridge());
surrogateContract('ridge by generalised cross-validation', ridge({ lambda: 'generalised', degree: 2 }));
surrogateContract('Bayesian linear regression', bayesianLinear());
surrogateContract('Bayesian regression on squares', bayesianLinear({ degree: 2, interactions: true }));
