import { plan, plannerVersion } from '@ionloop/planner';
import { InMemoryStore, type Planner, quietEngine } from '../src/index.js';
import {
  exchangeContract,
  historyContract,
  importContract,
  type OpenedEngine,
} from '../src/testing/index.js';

const planner: Planner = { version: plannerVersion, plan: (request) => Promise.resolve(plan(request)) };

const open = (): Promise<OpenedEngine> =>
  Promise.resolve({
    engine: quietEngine(new InMemoryStore(() => new Date())),
    close: () => Promise.resolve(),
  });

exchangeContract('memory', open, planner);
historyContract('memory', open, planner);
importContract('memory', open, planner);
