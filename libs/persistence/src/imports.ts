import { type Actor, notFound } from '@ionloop/domain';
import type {
  BadRow,
  HistoryImport,
  HistoryOptions,
  ImportOutcome,
  ImportProgress,
  ImportState,
  ImportStore,
  NewImport,
} from '@ionloop/engine';
import { In, MoreThan } from 'typeorm';
import type { Database } from './database.js';
import { refuseUnstorableText } from './refusals.js';
import { importBadRowRow, importFromRow, importPieceRow, importRow } from './rows/import.js';
import {
  addBad,
  addImport,
  addPiece,
  askImport,
  beginImport,
  cancelImport,
  endImport,
  forgottenImports,
  importProgress,
  neglectedImports,
  removeImport,
} from './statements/imports.js';
import { constraintOf } from './trouble.js';

const badAtOnce = 1000;

export class PostgresImports implements ImportStore {
  constructor(private readonly database: Database) {}

  async add(added: NewImport): Promise<HistoryImport> {
    const { id, campaignId, key } = added;
    refuseUnstorableText(JSON.stringify(added));
    const row = await this.database.ask(async (manager) => {
      await addImport(manager, added);
      return (
        (await manager.findOneBy(importRow, { id })) ??
        (key === null ? null : manager.findOneBy(importRow, { campaignId, key }))
      );
    });
    if (!row) throw notFound('import', id);
    return importFromRow(row);
  }

  addPiece(id: string, number: number, bytes: Uint8Array): Promise<void> {
    return this.database.ask((manager) => addPiece(manager, id, number, bytes));
  }

  async uploaded(id: string, file: { readonly bytes: number; readonly sha256: string }): Promise<boolean> {
    const { affected } = await this.database.ask((manager) =>
      manager.update(
        importRow,
        { id, state: In(['uploading', 'surveying']), sha256: In(['', file.sha256]) },
        { ...file, state: 'surveying', touchedAt: () => 'clock_timestamp()' },
      ),
    );
    return affected === 1;
  }

  remove(id: string): Promise<void> {
    return this.database.ask((manager) => removeImport(manager, id));
  }

  byIds(ids: readonly string[]): Promise<readonly HistoryImport[]> {
    return this.database.ask(async (manager) =>
      (await manager.findBy(importRow, { id: In([...ids]) })).map(importFromRow),
    );
  }

  ofCampaigns(campaignIds: readonly string[]): Promise<readonly HistoryImport[]> {
    return this.database.ask(async (manager) => {
      const where = { campaignId: In([...campaignIds]) };
      const rows = await manager.find(importRow, { where, order: { createdAt: 'DESC', id: 'DESC' } });
      return rows.map(importFromRow);
    });
  }

  async neglected(seconds: number): Promise<readonly HistoryImport[]> {
    return this.byIds(await this.database.ask((manager) => neglectedImports(manager, seconds)));
  }

  ask(
    id: string,
    from: readonly ImportState[],
    wanted: {
      readonly state: 'surveying' | 'importing';
      readonly options: HistoryOptions;
      readonly actor: Actor;
    },
  ): Promise<boolean> {
    refuseUnstorableText(JSON.stringify(wanted));
    return this.database.ask((manager) => askImport(manager, id, from, wanted));
  }

  begin(id: string, silentSeconds: number): Promise<number | null> {
    return this.database.ask(async (manager) => {
      try {
        return await beginImport(manager, id, silentSeconds);
      } catch (error) {
        if (constraintOf(error) === 'import_writing') return null;
        throw error;
      }
    });
  }

  progress(id: string, run: number, far: ImportProgress | null): Promise<boolean> {
    return this.database.ask((manager) => importProgress(manager, id, run, far));
  }

  end(
    id: string,
    run: number,
    state: 'surveyed' | 'done' | 'failed',
    outcome: ImportOutcome,
  ): Promise<boolean> {
    return this.database.ask((manager) => endImport(manager, id, run, state, outcome));
  }

  cancel(id: string): Promise<boolean> {
    return this.database.ask((manager) => cancelImport(manager, id));
  }

  async *content(id: string): AsyncIterable<Uint8Array> {
    for (let number = 0; ; number += 1) {
      const piece = await this.database.ask((manager) =>
        manager.findOneBy(importPieceRow, { importId: id, number }),
      );
      if (!piece) return;
      yield piece.bytes;
    }
  }

  addBad(id: string, run: number, rows: readonly BadRow[]): Promise<void> {
    return this.database.ask((manager) => addBad(manager, id, run, rows));
  }

  async *badRows(id: string): AsyncIterable<readonly BadRow[]> {
    for (let after = 0; ;) {
      const page = await this.database.ask((manager) =>
        manager.find(importBadRowRow, {
          where: { importId: id, line: MoreThan(after) },
          order: { line: 'ASC' },
          take: badAtOnce,
        }),
      );
      if (page.length > 0) yield page.map(({ line, column, reason }) => ({ line, column, reason }));
      after = page.at(-1)?.line ?? after;
      if (page.length < badAtOnce) return;
    }
  }

  async sweep(olderThanSeconds: number): Promise<number> {
    const old = await this.database.ask((manager) => forgottenImports(manager, olderThanSeconds));
    for (const id of old) {
      await this.remove(id);
      await this.cancel(id);
    }
    return old.length;
  }
}
