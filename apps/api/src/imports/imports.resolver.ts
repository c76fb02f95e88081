import { notFound, type Token } from '@ionloop/domain';
import {
  cancelImport,
  type Engine,
  type HistoryImport,
  isUnderWay,
  pageIn,
  previewImport,
  startImport,
} from '@ionloop/engine';
import type { Jobs } from '@ionloop/jobs';
import { Inject } from '@nestjs/common';
import {
  Args,
  Context,
  ID,
  Int,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
  Subscription,
} from '@nestjs/graphql';
import { actorOf } from '../access/actor.js';
import { Caller } from '../access/caller.js';
import { CampaignView } from '../campaigns/campaign.view.js';
import {
  connectionClass,
  type ConnectionOf,
  connectionOf,
  PageArgs,
  pagingOf,
} from '../graphql/connection.js';
import type { OperationContext } from '../graphql/context.js';
import { count } from '../graphql/count.js';
import type { Data } from '../graphql/data.js';
import { orUserErrors } from '../graphql/user-errors.js';
import { watch } from '../graphql/watch.js';
import { ENDING, ENGINE, JOBS } from '../parts.js';
import { CancelImportInput, optionsOf, PreviewImportInput, StartImportInput } from './import.inputs.js';
import { ImportBadRowView, ImportPayload, ImportReportView, ImportView, importView } from './import.view.js';

type Changed = Pick<ImportPayload, 'import'>;
const none: Changed = { import: null };
const ImportConnection = connectionClass('Import', () => ImportView);
const mostBadRows = 1000;

const keyOf = (key: string | null | undefined): { readonly idempotencyKey?: string } =>
  typeof key === 'string' ? { idempotencyKey: key } : {};

@Resolver(() => ImportView)
export class ImportsResolver {
  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(ENDING) private readonly ending: AbortSignal,
  ) {}

  @Query(() => ImportView, { nullable: true })
  async import(
    @Args('id', { type: () => ID }) id: string,
    @Context() { loaders }: OperationContext,
  ): Promise<Data<ImportView> | null> {
    const found = await loaders.import.load(id);
    return found && importView(found);
  }

  @Mutation(() => ImportPayload, {
    description: 'Has the table looked at again, understood in another way; nothing is written.',
  })
  previewImport(
    @Args('input', { type: () => PreviewImportInput }) { id, options, idempotencyKey }: PreviewImportInput,
    @Caller() caller: Token,
  ): Promise<Data<ImportPayload>> {
    return this.changed(() =>
      previewImport(this.engine, this.jobs, actorOf(caller), {
        ...{ id, options: optionsOf(options) },
        ...keyOf(idempotencyKey),
      }),
    );
  }

  @Mutation(() => ImportPayload, {
    description:
      'Has the rows written as they were last looked at. Started again, it is told as it is; one that failed goes on where it stopped.',
  })
  startImport(
    @Args('input', { type: () => StartImportInput }) { id, skipBad, idempotencyKey }: StartImportInput,
    @Caller() caller: Token,
  ): Promise<Data<ImportPayload>> {
    const started = { id, skipBad: skipBad ?? false, ...keyOf(idempotencyKey) };
    return this.changed(() => startImport(this.engine, this.jobs, actorOf(caller), started));
  }

  @Mutation(() => ImportPayload, { description: 'What is in the campaign already stays there.' })
  cancelImport(
    @Args('input', { type: () => CancelImportInput }) { id }: CancelImportInput,
  ): Promise<Data<ImportPayload>> {
    return this.changed(() => cancelImport(this.engine, id));
  }

  @Subscription(() => ImportView, {
    description:
      'The import as it is and each time that it has come further; ends when nothing is done with it: surveyed, done, failed or cancelled.',
    resolve: importView,
  })
  async importProgress(@Args('id', { type: () => ID }) id: string): Promise<AsyncIterable<unknown>> {
    const { imports } = this.engine.store;
    const look = async (): Promise<HistoryImport | undefined> => (await imports.byIds([id]))[0];
    if (!(await look())) throw notFound('import', id);
    const isOver = (one: HistoryImport): boolean => one.state !== 'uploading' && !isUnderWay(one);
    return watch({ look, isOver }, this.ending);
  }

  private changed(work: () => Promise<HistoryImport>): Promise<Data<ImportPayload>> {
    return orUserErrors(none, async () => ({ import: importView(await work()) }));
  }
}

@Resolver(() => ImportReportView)
export class ImportReportResolver {
  @ResolveField(() => [ImportBadRowView], {
    description: `The first of them, at most ${mostBadRows}; all are at \`badRowsPath\`.`,
  })
  badRows(
    @Parent() { badRows }: Data<ImportReportView>,
    @Args('first', { type: () => Int, defaultValue: 100 }) first: number,
  ): readonly Data<ImportBadRowView>[] {
    return badRows.slice(0, count(first, 'first', { min: 0, max: mostBadRows }));
  }
}

@Resolver(() => CampaignView)
export class CampaignImportsResolver {
  @ResolveField(() => ImportConnection, { description: 'The newest first.' })
  async imports(
    @Parent() { id }: Data<CampaignView>,
    @Args() page: PageArgs,
    @Context() { loaders }: OperationContext,
  ): Promise<ConnectionOf<Data<ImportView>>> {
    const all = await loaders.imports.load(id);
    const paging = pagingOf(page, { name: 'imports, the newest first', key: 'time', tie: 'text' });
    const listed = all.map((item) => ({ item, place: { key: item.createdAt, tie: item.id } }));
    return connectionOf(pageIn(listed, true, paging.asked), paging, importView, () =>
      Promise.resolve(all.length),
    );
  }
}
