import type { Connection } from '../connection.js';
import { newKey } from '../document.js';
import type { Import, ImportInFull } from '../entities.js';
import { type FollowOptions, picked } from '../follow.js';
import * as g from '../generated/graphql.js';
import { found, type ListOptions, made, type Operator } from '../operator.js';
import type { CallOptions } from '../transport.js';

const longestMs = 60 * 60_000;

const isOver = ({ state }: Import): boolean =>
  state !== 'uploading' && state !== 'surveying' && state !== 'importing';

/** Tables of any size, which a worker looks at and writes: docs/data.md. */
export class Imports {
  constructor(private readonly operator: Operator) {}

  /** Brings a table, to be looked at; nothing is imported before it is started. */
  async bring(
    campaignId: string,
    table: string | Blob | ArrayBuffer | ReadableStream<Uint8Array>,
    { name = 'upload.csv', ...call }: CallOptions & { readonly name?: string } = {},
  ): Promise<ImportInFull> {
    const path = `/v1/campaigns/${encodeURIComponent(campaignId)}/imports?${new URLSearchParams({ name }).toString()}`;
    const repeatable = !(table instanceof ReadableStream);
    const headers = { 'idempotency-key': newKey() };
    const response = await this.operator.transport.rest(
      { method: 'POST', path, body: table, repeatable, headers },
      { timeoutMs: longestMs, ...call },
    );
    const { id } = (await response.json()) as { readonly id: string };
    return found(await this.get(id));
  }

  async get(id: string, badRows = 100, call?: CallOptions): Promise<ImportInFull | null> {
    return (await this.operator.run(g.ImportDocument, { id, badRows }, call)).import;
  }

  /** Of a campaign, the newest first. */
  list(campaignId: string, list?: ListOptions): Connection<Import> {
    return this.operator.list(
      g.ImportsDocument,
      { id: campaignId },
      ({ campaign }) => campaign?.imports,
      list,
    );
  }

  /** Has it looked at again, understood in another way. */
  async preview(id: string, options: g.ImportOptionsInput = {}, call?: CallOptions): Promise<Import> {
    const data = await this.operator.run(g.PreviewImportDocument, { input: { id, options } }, call);
    return made(data.previewImport.import);
  }

  async start(input: g.StartImportInput, call?: CallOptions): Promise<Import> {
    return made((await this.operator.run(g.StartImportDocument, { input }, call)).startImport.import);
  }

  async cancel(id: string, call?: CallOptions): Promise<Import> {
    const data = await this.operator.run(g.CancelImportDocument, { input: { id } }, call);
    return made(data.cancelImport.import);
  }

  /** As it is and each time that it has come further; ends when nothing is done with it. */
  follow(
    id: string,
    options: Pick<FollowOptions<unknown>, 'signal' | 'onCut'> = {},
  ): AsyncIterableIterator<Import, void, undefined> {
    const entries = this.operator.subscribe(
      g.ImportProgressDocument,
      { id },
      {
        ...options,
        resume: () => ({ id }),
        ended: (last) => last !== null && isOver(last.importProgress),
      },
    );
    return picked(entries, ({ importProgress }) => importProgress);
  }

  /** When it is looked at, done, failed or cancelled. */
  async wait(id: string): Promise<ImportInFull> {
    for await (const one of this.follow(id)) if (isOver(one)) break;
    return found(await this.get(id));
  }
}
