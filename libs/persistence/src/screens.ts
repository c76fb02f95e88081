import { type ChunkResult, type Json, notFound } from '@ionloop/domain';
import type {
  AskedUnder,
  ChunksDone,
  CountsOf,
  MadeUnder,
  NewScreen,
  Ordered,
  PageAsked,
  PagesOf,
  Screen,
  ScreenSize,
  ScreenStore,
} from '@ionloop/engine';
import { In, IsNull } from 'typeorm';
import type { Database } from './database.js';
import { ended, type Ending, type Outcome } from './ended.js';
import { screenFromRow, screenRow } from './rows/screen.js';
import { countsOf, ofCampaign, pageOf } from './statements/page-of.js';
import { addChunk, addScreen, chunksDone, chunksFrom, missingChunks } from './statements/screens.js';

export class PostgresScreens implements ScreenStore {
  constructor(private readonly database: Database) {}

  async add(screen: NewScreen, asked?: AskedUnder): Promise<Screen> {
    await this.database.ask((manager) => addScreen(manager, screen, asked));
    const earlier = asked && (await this.under(asked.key));
    const added = earlier ? earlier.made : await this.byId(screen.id);
    if (!added) throw notFound('screen', screen.id);
    return added;
  }

  under(key: string): Promise<MadeUnder<Screen> | null> {
    return this.database.ask(async (manager) => {
      const row = await manager.findOneBy(screenRow, { requestKey: key });
      return row && { made: screenFromRow(row), requestHash: row.requestHash ?? '' };
    });
  }

  byId(id: string): Promise<Screen | null> {
    return this.database.ask(async (manager) => {
      const row = await manager.findOneBy(screenRow, { id });
      return row && screenFromRow(row);
    });
  }

  byIds(ids: readonly string[]): Promise<readonly Screen[]> {
    return this.database.ask(async (manager) =>
      (await manager.findBy(screenRow, { id: In([...ids]) })).map(screenFromRow),
    );
  }

  pages(
    campaignIds: readonly string[],
    { descending }: Ordered<'created'>,
    page: PageAsked,
  ): PagesOf<Screen> {
    const list = ofCampaign(screenRow, descending);
    return pageOf(this.database, list, campaignIds, page, screenFromRow);
  }

  counts(campaignIds: readonly string[]): CountsOf {
    return countsOf(this.database, 'screen', campaignIds);
  }

  unfinished(): Promise<readonly Screen[]> {
    return this.database.ask(async (manager) => {
      const rows = await manager.find(screenRow, { where: { endedAt: IsNull() }, order: { id: 'DESC' } });
      return rows.map(screenFromRow);
    });
  }

  async begin(id: string, plan: Json, size: ScreenSize): Promise<boolean> {
    const { affected } = await this.database.ask((manager) =>
      manager.update(
        screenRow,
        { id, status: 'preparing' },
        { status: 'running', plan: plan as object, ...size, startedAt: () => 'clock_timestamp()' },
      ),
    );
    return affected === 1;
  }

  plan(id: string): Promise<Json | null> {
    return this.column(id, 'plan');
  }

  result(id: string): Promise<Json | null> {
    return this.column(id, 'result');
  }

  addChunk(id: string, chunk: number, result: ChunkResult, candidates: number): Promise<void> {
    return this.database.ask((manager) => addChunk(manager, { id, chunk, result, candidates }));
  }

  missingChunks(id: string): Promise<readonly number[]> {
    return this.database.ask((manager) => missingChunks(manager, id));
  }

  async done(id: string): Promise<ChunksDone> {
    return (await this.doneOf([id])).get(id) ?? { chunks: 0, candidates: 0, lastAt: null };
  }

  doneOf(ids: readonly string[]): Promise<ReadonlyMap<string, ChunksDone>> {
    return this.database.ask((manager) => chunksDone(manager, ids));
  }

  chunks(id: string, from: number, most: number): Promise<readonly ChunkResult[]> {
    return this.database.ask((manager) => chunksFrom(manager, id, from, most));
  }

  end(id: string, status: Ending, outcome: Outcome): Promise<boolean> {
    return this.database.ask((manager) => ended(manager, screenRow, id, status, outcome));
  }

  private async column(id: string, column: 'plan' | 'result'): Promise<Json | null> {
    const row = await this.database.ask((manager) =>
      manager.findOne(screenRow, { where: { id }, select: { id: true, [column]: true } }),
    );
    if (!row) throw notFound('screen', id);
    return (row[column] ?? null) as Json | null;
  }
}
