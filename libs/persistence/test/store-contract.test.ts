import { afterAll, beforeAll } from '@jest/globals';
import { analysisContract, listContract, storeContract } from '@ionloop/engine/testing';
import { migratedDatabase, type Opened } from './support/database.js';

let opened: Opened;
beforeAll(async () => {
  opened = await migratedDatabase();
});
afterAll(() => opened.close());

const open = () => Promise.resolve({ store: opened.persistence.store, close: () => Promise.resolve() });
storeContract('PostgreSQL', open);
listContract('PostgreSQL', open);
analysisContract('PostgreSQL', open);
