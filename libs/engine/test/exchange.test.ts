import { plan, plannerVersion } from '@ionloop/planner';
import { InMemoryStore, type Planner, randomIds } from '../src/index.js';
import {
  exchangeContract,
  historyContract,
  importContract,
  type OpenedEngine,
} from '../src/testing/index.js';

const planner: Planner = { version: plannerVersion, plan: (request) => Promise.resolve(plan(request)) };

const open = (): Promise<OpenedEngine> =>
  Promise.resolve({
    engine: {
      store: new InMemoryStore(() => new Date()),
      wakeUps: { wake: () => Promise.resolve() },
      ids: randomIds,
      lab: { heartbeatSeconds: 10, leaseSeconds: 60, suspectSeconds: 1800, attemptCap: 3 },
    },
    close: () => Promise.resolve(),
  });

exchangeContract('memory', open, planner);
historyContract('memory', open, planner);
importContract('memory', open, planner);
