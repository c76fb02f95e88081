import type { Experiment, ExperimentState } from '@ionloop/domain';
import type { RecordReader } from '@ionloop/engine';
import { Field, ObjectType } from '@nestjs/graphql';
import { GraphQLError } from 'graphql';
import { ExperimentView, experimentView } from './experiment.view.js';
import type { Data } from '../graphql/data.js';

@ObjectType('ExperimentEdge')
export class ExperimentEdgeView {
  @Field(() => ExperimentView) readonly node!: Data<ExperimentView>;
  @Field(() => String) readonly cursor!: string;
}

@ObjectType('PageInfo')
export class PageInfoView {
  @Field(() => Boolean) readonly hasNextPage!: boolean;
  @Field(() => String, { nullable: true }) readonly endCursor!: string | null;
}

@ObjectType('ExperimentConnection')
export class ExperimentConnectionView {
  @Field(() => [ExperimentEdgeView]) readonly edges!: readonly Data<ExperimentEdgeView>[];
  @Field(() => PageInfoView) readonly pageInfo!: Data<PageInfoView>;
}

/** What the connection's count is taken of, beside its page. */
export type ConnectionSource = Data<ExperimentConnectionView> & {
  readonly campaignId: string;
  readonly states: readonly ExperimentState[] | null;
};

export interface PageWanted {
  readonly states: readonly ExperimentState[] | null;
  readonly first: number;
  readonly after: string | null;
}

export async function experimentPage(
  read: Pick<RecordReader, 'experiments'>,
  campaignId: string,
  { states, first, after }: PageWanted,
): Promise<ConnectionSource> {
  const position = after === null ? null : numberOf(after);
  // One more than asked for tells whether there is a next page.
  const found = await read.experiments(campaignId, states === null ? {} : { states }, {
    first: first + 1,
    ...(position !== null && { after: position }),
  });
  const edges = found
    .slice(0, first)
    .map((experiment) => ({ node: experimentView(experiment), cursor: cursorOf(experiment) }));
  return {
    campaignId,
    states,
    edges,
    pageInfo: { hasNextPage: found.length > first, endCursor: edges.at(-1)?.cursor ?? after },
  };
}

const mark = 'experiment ';

const cursorOf = ({ number }: Experiment): string => Buffer.from(`${mark}${number}`).toString('base64url');

function numberOf(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString();
  const digits = text.startsWith(mark) ? text.slice(mark.length) : '';
  if (/^\d{1,9}$/.test(digits)) return Number(digits);
  throw new GraphQLError('after is not a cursor that this server gave out', {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}
