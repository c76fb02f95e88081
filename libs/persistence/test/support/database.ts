import { openPersistence, type Persistence } from '@ionloop/persistence';
import { freshDatabase, templateDatabase } from '../../../../test/support/postgres.js';

export interface Opened {
  readonly url: string;
  readonly persistence: Persistence;
  close(): Promise<void>;
}

/** A database of this test file's own, cloned from one that was migrated once. */
export async function migratedDatabase(): Promise<Opened> {
  const template = await templateDatabase('persistence', async (url) => {
    const persistence = await openPersistence({ url, poolSize: 2 });
    await persistence.migrate();
    await persistence.close();
  });
  const database = await freshDatabase(template);
  const persistence = await openPersistence({ url: database.url });
  return {
    url: database.url,
    persistence,
    close: async () => {
      await persistence.close();
      await database.drop();
    },
  };
}
