import { InMemoryStore } from '../src/index.js';
import { storeContract } from '../src/testing/store-contract.js';

storeContract('in memory', () =>
  Promise.resolve({ store: new InMemoryStore(() => new Date()), close: () => Promise.resolve() }),
);
