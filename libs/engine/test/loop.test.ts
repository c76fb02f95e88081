import { plan, plannerVersion } from '@ionloop/planner';
import { type Engine, InMemoryStore, type Planner, randomIds } from '../src/index.js';
import {
  abilityContract,
  engineContract,
  goalsContract,
  knowledgeContract,
  movesContract,
  type OpenedEngine,
  settingsContract,
  standingContract,
  taskContract,
} from '../src/testing/index.js';

const planner: Planner = { version: plannerVersion, plan: (request) => Promise.resolve(plan(request)) };

const open = (): Promise<OpenedEngine> => {
  const engine: Engine = {
    store: new InMemoryStore(() => new Date()),
    wakeUps: { wake: () => Promise.resolve() },
    ids: randomIds,
    lab: { heartbeatSeconds: 10, leaseSeconds: 60, suspectSeconds: 1800, attemptCap: 3 },
  };
  return Promise.resolve({ engine, close: () => Promise.resolve() });
};

engineContract('memory', open, planner);
abilityContract('memory', open, planner);
taskContract('memory', open, planner);
settingsContract('memory', open, planner);
movesContract('memory', open, planner);
goalsContract('memory', open, planner);
standingContract('memory', open, planner);
knowledgeContract('memory', open, planner);
