import { InMemoryStore } from '../src/index.js';
import { analysisContract } from '../src/testing/analysis-contract.js';
import { listContract } from '../src/testing/list-contract.js';
import { storeContract } from '../src/testing/store-contract.js';

const open = () =>
  Promise.resolve({ store: new InMemoryStore(() => new Date()), close: () => Promise.resolve() });
storeContract('in memory', open);
listContract('in memory', open);
analysisContract('in memory', open);
