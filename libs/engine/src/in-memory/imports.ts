import { type Actor, notFound } from '@ionloop/domain';
import type { HistoryOptions } from '../history/options.js';
import type { BadRow } from '../history/read-row.js';
import {
  type HistoryImport,
  type ImportOutcome,
  type ImportProgress,
  type ImportState,
  type ImportStore,
  isUnderWay,
  type NewImport,
} from '../imports/import.js';
import { asStored } from './tables.js';

interface Kept {
  readonly one: HistoryImport;
  readonly key: string | null;
  readonly run: number;
  readonly isBusy: boolean;
}

const nothing: ImportProgress = { rows: 0, bytes: 0, bad: 0, written: 0 };

export class InMemoryImports implements ImportStore {
  private readonly kept = new Map<string, Kept>();
  private readonly pieces = new Map<string, Uint8Array[]>();
  private readonly bad = new Map<string, { readonly run: number; readonly rows: BadRow[] }>();

  constructor(private readonly clock: () => Date) {}

  add({ key, ...added }: NewImport): Promise<HistoryImport> {
    const before = this.all().find(
      (kept) => key !== null && kept.key === key && kept.one.campaignId === added.campaignId,
    );
    if (before) return Promise.resolve(before.one);
    const now = this.clock().toISOString();
    const one: HistoryImport = {
      ...asStored(added),
      ...{ bytes: 0, sha256: '', state: 'uploading', progress: nothing, report: null, preview: null },
      ...{ error: null, createdAt: now, startedAt: null, touchedAt: now, endedAt: null },
    };
    this.kept.set(one.id, { one, key, run: 0, isBusy: false });
    this.pieces.set(one.id, []);
    return Promise.resolve(one);
  }

  addPiece(id: string, number: number, bytes: Uint8Array): Promise<void> {
    const pieces = this.pieces.get(id);
    if (!pieces) return Promise.reject(notFound('import', id));
    pieces[number] = Uint8Array.from(bytes);
    this.change(id, {});
    return Promise.resolve();
  }

  uploaded(id: string, file: { readonly bytes: number; readonly sha256: string }): Promise<boolean> {
    const isOpen = this.kept.get(id)?.one.state === 'uploading';
    if (isOpen) this.change(id, { ...file, state: 'surveying' });
    return Promise.resolve(isOpen);
  }

  remove(id: string): Promise<void> {
    this.kept.delete(id);
    this.pieces.delete(id);
    this.bad.delete(id);
    return Promise.resolve();
  }

  byIds(ids: readonly string[]): Promise<readonly HistoryImport[]> {
    return Promise.resolve(ids.flatMap((id) => this.kept.get(id)?.one ?? []));
  }

  ofCampaigns(campaignIds: readonly string[]): Promise<readonly HistoryImport[]> {
    const own = this.all().filter(({ one }) => campaignIds.includes(one.campaignId));
    const newest = (a: HistoryImport, b: HistoryImport): number =>
      a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id) ? 1 : -1;
    return Promise.resolve(own.map(({ one }) => one).sort(newest));
  }

  neglected(seconds: number): Promise<readonly HistoryImport[]> {
    const own = this.all().filter(({ one }) => isUnderWay(one) && this.isSilent(one, seconds));
    return Promise.resolve(own.map(({ one }) => one));
  }

  ask(
    id: string,
    from: readonly ImportState[],
    {
      state,
      options,
      actor,
    }: { readonly state: 'surveying' | 'importing'; readonly options: HistoryOptions; readonly actor: Actor },
  ): Promise<boolean> {
    const kept = this.kept.get(id);
    if (!kept || !from.includes(kept.one.state)) return Promise.resolve(false);
    const found = state === 'surveying' ? { report: null, preview: null } : {};
    this.change(
      id,
      {
        ...{ state, options: asStored(options), actor: asStored(actor), progress: nothing },
        ...{ error: null, startedAt: null, endedAt: null, ...found },
      },
      { run: kept.run + 1, isBusy: false },
    );
    return Promise.resolve(true);
  }

  begin(id: string, silentSeconds: number): Promise<number | null> {
    const kept = this.kept.get(id);
    if (!kept || !isUnderWay(kept.one)) return Promise.resolve(null);
    if (kept.isBusy && !this.isSilent(kept.one, silentSeconds)) return Promise.resolve(null);
    const another = this.all().some(
      ({ one, isBusy }) =>
        isBusy && one.id !== id && one.campaignId === kept.one.campaignId && one.state === 'importing',
    );
    if (another && kept.one.state === 'importing') return Promise.resolve(null);
    const run = kept.run + 1;
    this.change(id, { startedAt: this.clock().toISOString(), progress: nothing }, { run, isBusy: true });
    return Promise.resolve(run);
  }

  progress(id: string, run: number, far: ImportProgress | null): Promise<boolean> {
    const is = this.isRunning(id, run);
    if (is) this.change(id, far === null ? {} : { progress: asStored(far) });
    return Promise.resolve(is);
  }

  end(
    id: string,
    run: number,
    state: 'surveyed' | 'done' | 'failed',
    { report, preview, error }: ImportOutcome,
  ): Promise<boolean> {
    if (!this.isRunning(id, run)) return Promise.resolve(false);
    this.change(
      id,
      {
        ...{ state, error: error ?? null },
        ...(report && { report: asStored(report) }),
        ...(preview && { preview: asStored(preview) }),
        ...(state === 'done' && { endedAt: this.clock().toISOString() }),
      },
      { isBusy: false },
    );
    if (state === 'done') this.pieces.delete(id);
    return Promise.resolve(true);
  }

  cancel(id: string): Promise<boolean> {
    const kept = this.kept.get(id);
    if (!kept || kept.one.endedAt !== null) return Promise.resolve(false);
    this.change(
      id,
      { state: 'cancelled', endedAt: this.clock().toISOString() },
      { run: kept.run + 1, isBusy: false },
    );
    this.pieces.delete(id);
    return Promise.resolve(true);
  }

  async *content(id: string): AsyncIterable<Uint8Array> {
    for (const piece of this.pieces.get(id) ?? []) yield await Promise.resolve(piece);
  }

  addBad(id: string, run: number, rows: readonly BadRow[]): Promise<void> {
    const before = this.bad.get(id);
    if (before?.run === run) before.rows.push(...asStored(rows));
    else this.bad.set(id, { run, rows: [...asStored(rows)] });
    return Promise.resolve();
  }

  async *badRows(id: string): AsyncIterable<readonly BadRow[]> {
    const rows = this.bad.get(id)?.rows ?? [];
    if (rows.length > 0) yield await Promise.resolve(rows);
  }

  sweep(olderThanSeconds: number): Promise<number> {
    const old = this.all().filter(
      ({ one }) => one.endedAt === null && !isUnderWay(one) && this.isSilent(one, olderThanSeconds),
    );
    for (const { one } of old) {
      if (one.state === 'uploading') void this.remove(one.id);
      else void this.cancel(one.id);
    }
    return Promise.resolve(old.length);
  }

  private all(): readonly Kept[] {
    return [...this.kept.values()];
  }

  private isRunning(id: string, run: number): boolean {
    const kept = this.kept.get(id);
    return kept !== undefined && kept.run === run && kept.isBusy;
  }

  private isSilent({ touchedAt }: HistoryImport, seconds: number): boolean {
    return new Date(touchedAt).getTime() < this.clock().getTime() - 1000 * seconds;
  }

  private change(id: string, change: Partial<HistoryImport>, work: Partial<Kept> = {}): void {
    const kept = this.kept.get(id);
    if (!kept) throw notFound('import', id);
    const touchedAt = this.clock().toISOString();
    this.kept.set(id, { ...kept, ...work, one: { ...kept.one, ...change, touchedAt } });
  }
}
