import { decisionTree, extraTrees, randomForest } from '../../src/index.js';
import { surrogateContract } from '../../src/testing/index.js';

surrogateContract('a random forest by histogram', randomForest({ trees: 100, splits: 'histogram' }));
surrogateContract('extra trees', extraTrees());
surrogateContract('a decision tree', decisionTree());
