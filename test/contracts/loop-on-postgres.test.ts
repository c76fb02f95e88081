import { type Engine, type Planner, quietEngine } from '@ionloop/engine';
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
} from '@ionloop/engine/testing';
import { plan, plannerVersion } from '@ionloop/planner';
import { migratedDatabase } from '../../libs/persistence/test/support/database.js';

const planner: Planner = { version: plannerVersion, plan: (request) => Promise.resolve(plan(request)) };

const open = async (): Promise<OpenedEngine> => {
  const { persistence, close } = await migratedDatabase();
  const engine: Engine = quietEngine(persistence.store);
  return { engine, close };
};

engineContract('PostgreSQL', open, planner);
abilityContract('PostgreSQL', open, planner);
taskContract('PostgreSQL', open, planner);
settingsContract('PostgreSQL', open, planner);
movesContract('PostgreSQL', open, planner);
goalsContract('PostgreSQL', open, planner);
standingContract('PostgreSQL', open, planner, 1);
knowledgeContract('PostgreSQL', open, planner);
