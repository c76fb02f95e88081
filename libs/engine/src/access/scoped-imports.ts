import { notFound } from '@ionloop/domain';
import type { BadRow } from '../history/read-row.js';
import type { HistoryImport, ImportStore, NewImport } from '../imports/import.js';
import type { Within } from './scope.js';

/** Imports of campaigns that lie within a scope. */
export class ScopedImports implements ImportStore {
  constructor(
    private readonly imports: ImportStore,
    private readonly within: Within,
  ) {}

  async add(added: NewImport): Promise<HistoryImport> {
    if (!(await this.within.has(added.campaignId))) throw notFound('campaign', added.campaignId);
    return this.imports.add(added);
  }

  addPiece(id: string, number: number, bytes: Uint8Array): Promise<void> {
    return this.own(id, () => this.imports.addPiece(id, number, bytes));
  }

  uploaded(...[id, file]: Parameters<ImportStore['uploaded']>): Promise<boolean> {
    return this.own(id, () => this.imports.uploaded(id, file));
  }

  remove(id: string): Promise<void> {
    return this.own(id, () => this.imports.remove(id));
  }

  async byIds(ids: readonly string[]): Promise<readonly HistoryImport[]> {
    return this.within.those(await this.imports.byIds(ids));
  }

  async ofCampaigns(campaignIds: readonly string[]): Promise<readonly HistoryImport[]> {
    return this.imports.ofCampaigns([...(await this.within.campaigns(campaignIds))]);
  }

  async neglected(seconds: number): Promise<readonly HistoryImport[]> {
    return this.within.those(await this.imports.neglected(seconds));
  }

  ask(...[id, from, wanted]: Parameters<ImportStore['ask']>): Promise<boolean> {
    return this.own(id, () => this.imports.ask(id, from, wanted));
  }

  begin(id: string, silentSeconds: number): Promise<number | null> {
    return this.own(id, () => this.imports.begin(id, silentSeconds));
  }

  progress(...[id, run, far]: Parameters<ImportStore['progress']>): Promise<boolean> {
    return this.own(id, () => this.imports.progress(id, run, far));
  }

  end(...[id, run, state, outcome]: Parameters<ImportStore['end']>): Promise<boolean> {
    return this.own(id, () => this.imports.end(id, run, state, outcome));
  }

  cancel(id: string): Promise<boolean> {
    return this.own(id, () => this.imports.cancel(id));
  }

  async *content(id: string): AsyncIterable<Uint8Array> {
    await this.own(id, () => Promise.resolve());
    yield* this.imports.content(id);
  }

  addBad(...[id, run, rows]: Parameters<ImportStore['addBad']>): Promise<void> {
    return this.own(id, () => this.imports.addBad(id, run, rows));
  }

  async *badRows(id: string): AsyncIterable<readonly BadRow[]> {
    await this.own(id, () => Promise.resolve());
    yield* this.imports.badRows(id);
  }

  /** Of no campaign in particular: it is for the whole record alone. */
  sweep(): Promise<number> {
    return Promise.resolve(0);
  }

  private async own<T>(id: string, work: () => Promise<T>): Promise<T> {
    if ((await this.byIds([id])).length === 0) throw notFound('import', id);
    return work();
  }
}
