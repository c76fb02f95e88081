import { plan, plannerVersion } from '@ionloop/planner';
import { type Engine, InMemoryStore, type Planner, quietEngine } from '../src/index.js';
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
  const engine: Engine = quietEngine(new InMemoryStore(() => new Date()));
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
