import { type Planner, quietEngine } from '@ionloop/engine';
import {
  exchangeContract,
  historyContract,
  importContract,
  type OpenedEngine,
} from '@ionloop/engine/testing';
import { plan, plannerVersion } from '@ionloop/planner';
import { migratedDatabase } from '../../libs/persistence/test/support/database.js';

const planner: Planner = { version: plannerVersion, plan: (request) => Promise.resolve(plan(request)) };

const open = async (): Promise<OpenedEngine> => {
  const { persistence, close } = await migratedDatabase();
  return {
    engine: quietEngine(persistence.store),
    close,
  };
};

exchangeContract('PostgreSQL', open, planner);
historyContract('PostgreSQL', open, planner);
importContract('PostgreSQL', open, planner);
