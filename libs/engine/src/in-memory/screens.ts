import { type ChunkResult, type Json, notFound } from '@ionloop/domain';
import { countsIn, pagesInTime } from '../lists/page-in.js';
import type { CountsOf, Ordered, PageAsked, PagesOf } from '../lists/ports.js';
import type { AskedUnder, MadeUnder } from '../made-under.js';
import type { ChunksDone, NewScreen, Screen, ScreenSize, ScreenStore } from '../screening/screen.js';
import { asStored } from './tables.js';

interface Kept {
  readonly screen: Screen;
  readonly plan: Json | null;
  readonly result: Json | null;
  readonly chunks: ReadonlyMap<
    number,
    { readonly result: ChunkResult; readonly candidates: number; readonly at: string }
  >;
}

export class InMemoryScreens implements ScreenStore {
  private readonly kept = new Map<string, Kept>();
  private readonly asked = new Map<string, { readonly id: string; readonly requestHash: string }>();

  constructor(private readonly clock: () => Date) {}

  add(screen: NewScreen, asked?: AskedUnder): Promise<Screen> {
    const earlier = asked && this.asked.get(asked.key);
    if (earlier) return Promise.resolve(this.of(earlier.id).screen);
    if (asked) this.asked.set(asked.key, { id: screen.id, requestHash: asked.requestHash });
    const added: Screen = {
      ...asStored(screen),
      status: 'preparing',
      size: null,
      error: null,
      createdAt: this.now(),
      startedAt: null,
      endedAt: null,
    };
    this.kept.set(screen.id, { screen: added, plan: null, result: null, chunks: new Map() });
    return Promise.resolve(added);
  }

  under(key: string): Promise<MadeUnder<Screen> | null> {
    const asked = this.asked.get(key);
    return Promise.resolve(asked ? { made: this.of(asked.id).screen, requestHash: asked.requestHash } : null);
  }

  byId(id: string): Promise<Screen | null> {
    return Promise.resolve(this.kept.get(id)?.screen ?? null);
  }

  byIds(ids: readonly string[]): Promise<readonly Screen[]> {
    return Promise.resolve(this.all().filter(({ id }) => ids.includes(id)));
  }

  pages(ids: readonly string[], order: Ordered<'created'>, page: PageAsked): PagesOf<Screen> {
    return pagesInTime(ids, (id) => this.ofCampaign(id), order, page);
  }

  counts(ids: readonly string[]): CountsOf {
    return countsIn(ids, (id) => this.ofCampaign(id));
  }

  unfinished(): Promise<readonly Screen[]> {
    return Promise.resolve(this.all().filter(({ endedAt }) => endedAt === null));
  }

  begin(id: string, plan: Json, size: ScreenSize): Promise<boolean> {
    const kept = this.of(id);
    if (kept.screen.status !== 'preparing') return Promise.resolve(false);
    const screen: Screen = { ...kept.screen, status: 'running', size, startedAt: this.now() };
    this.kept.set(id, { ...kept, plan: asStored(plan), screen });
    return Promise.resolve(true);
  }

  plan(id: string): Promise<Json | null> {
    return Promise.resolve(this.of(id).plan);
  }

  addChunk(id: string, chunk: number, result: ChunkResult, candidates: number): Promise<void> {
    const kept = this.of(id);
    if (!kept.chunks.has(chunk)) {
      const chunks = new Map(kept.chunks).set(chunk, {
        result: asStored(result),
        candidates,
        at: this.now(),
      });
      this.kept.set(id, { ...kept, chunks });
    }
    return Promise.resolve();
  }

  missingChunks(id: string): Promise<readonly number[]> {
    const { screen, chunks } = this.of(id);
    const all = Array.from({ length: screen.size?.chunks ?? 0 }, (_, chunk) => chunk);
    return Promise.resolve(all.filter((chunk) => !chunks.has(chunk)));
  }

  done(id: string): Promise<ChunksDone> {
    const chunks = [...this.of(id).chunks.values()];
    return Promise.resolve({
      chunks: chunks.length,
      candidates: chunks.reduce((sum, { candidates }) => sum + candidates, 0),
      lastAt:
        chunks
          .map(({ at }) => at)
          .sort()
          .at(-1) ?? null,
    });
  }

  async doneOf(ids: readonly string[]): Promise<ReadonlyMap<string, ChunksDone>> {
    const known = ids.filter((id) => (this.kept.get(id)?.chunks.size ?? 0) > 0);
    return new Map(await Promise.all(known.map(async (id) => [id, await this.done(id)] as const)));
  }

  chunks(id: string, from: number, most: number): Promise<readonly ChunkResult[]> {
    const own = [...this.of(id).chunks].filter(([chunk]) => chunk >= from && chunk < from + most);
    return Promise.resolve(own.sort(([a], [b]) => a - b).map(([, { result }]) => result));
  }

  end(
    id: string,
    status: 'completed' | 'cancelled' | 'failed',
    { result = null, error = null }: { readonly result?: Json; readonly error?: string | null },
  ): Promise<boolean> {
    const kept = this.of(id);
    if (kept.screen.endedAt !== null) return Promise.resolve(false);
    const screen: Screen = { ...kept.screen, status, error, endedAt: this.now() };
    this.kept.set(id, { ...kept, screen, result: asStored(result) });
    return Promise.resolve(true);
  }

  result(id: string): Promise<Json | null> {
    return Promise.resolve(this.of(id).result);
  }

  private of(id: string): Kept {
    const kept = this.kept.get(id);
    if (!kept) throw notFound('screen', id);
    return kept;
  }

  private ofCampaign(id: string): readonly Screen[] {
    return this.all().filter(({ campaignId }) => campaignId === id);
  }

  private all(): readonly Screen[] {
    return [...this.kept.values()].map(({ screen }) => screen).sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  private now(): string {
    return this.clock().toISOString();
  }
}
