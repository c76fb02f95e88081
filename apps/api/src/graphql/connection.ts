import type { Listed, PageAsked, Place } from '@ionloop/engine';
import type { Type } from '@nestjs/common';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { count } from './count.js';
import type { Data } from './data.js';
import { refuse } from './refuse.js';

/** How long a page is where nobody says. */
export const pageLength = 50;
const longestPage = 500;

@ObjectType('PageInfo')
export class PageInfoView {
  @Field(() => Boolean) readonly hasNextPage!: boolean;
  @Field(() => Boolean) readonly hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true }) readonly startCursor!: string | null;
  @Field(() => String, { nullable: true }) readonly endCursor!: string | null;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `So many from the start, or after a cursor; ${pageLength} where neither it nor \`last\` is given.`,
  })
  readonly first?: number | null;
  @Field(() => String, { nullable: true }) readonly after?: string | null;
  @Field(() => Int, { nullable: true, description: 'So many from the end, or before a cursor.' })
  readonly last?: number | null;
  @Field(() => String, { nullable: true }) readonly before?: string | null;
}

export interface ConnectionOf<Node> {
  readonly edges: readonly { readonly node: Node; readonly cursor: string }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: Data<PageInfoView>;
  /** Counted only where it is asked for. */
  readonly totalCount: Promise<number>;
}

/** The classes of a connection: `XEdge` and `XConnection`. */
export function connectionClass<Node>(name: string, node: () => Type<Node>): Type<ConnectionOf<Data<Node>>> {
  @ObjectType(`${name}Edge`)
  class Edge {
    @Field(node) readonly node!: Data<Node>;
    @Field(() => String) readonly cursor!: string;
  }

  @ObjectType(`${name}Connection`)
  class Connection {
    @Field(() => [Edge]) readonly edges!: readonly Edge[];
    @Field(() => [node()], { description: 'The nodes of the edges.' })
    readonly nodes!: readonly Data<Node>[];
    @Field(() => PageInfoView) readonly pageInfo!: Data<PageInfoView>;
    @Field(() => Int, { description: 'How many there are in all, whatever the page.' })
    readonly totalCount!: Promise<number>;
  }
  return Connection;
}

/** How a list is sorted: its cursors carry the name and are refused elsewhere. */
export interface ListOrder {
  readonly name: string;
  readonly key: 'number' | 'time' | 'text' | null;
  readonly tie: 'number' | 'text';
}

/** A page of a list. */
export interface Paging {
  readonly asked: PageAsked;
  readonly order: ListOrder;
}

export function pagingOf({ first, after, last, before }: PageArgs, order: ListOrder): Paging {
  const is = (value: unknown): boolean => value !== null && value !== undefined;
  if (is(first) && is(last)) refuse('first and last are both given; a page is read from one side');
  if (is(after) && is(before)) refuse('after and before are both given; a page is read from one side');
  const backward = is(last) || is(before);
  if (backward && is(first)) refuse('first goes with after; before goes with last');
  if (!backward && is(last)) refuse('last goes with before; after goes with first');
  if (is(last) && is(after)) refuse('last goes with before; after goes with first');
  const name = backward ? 'last' : 'first';
  const most = count((backward ? last : first) ?? pageLength, name, { min: 0, max: longestPage });
  const cursor = backward ? before : after;
  const from = typeof cursor === 'string' ? placeIn(cursor, order, backward ? 'before' : 'after') : null;
  // One more than asked for tells whether there is more.
  return { order, asked: { count: most + 1, backward, from } };
}

export function connectionOf<Item, Node>(
  listed: readonly Listed<Item>[],
  { asked, order }: Paging,
  view: (item: Item) => Node,
  totalCount: () => Promise<number>,
): ConnectionOf<Node> {
  const more = listed.length >= asked.count;
  const kept = !more ? listed : asked.backward ? listed.slice(1) : listed.slice(0, -1);
  const edges = kept.map(({ item, place }) => ({ node: view(item), cursor: cursorOf(place, order) }));
  const given = asked.from === null ? null : cursorOf(asked.from, order);
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: asked.backward ? asked.from !== null : more,
      hasPreviousPage: asked.backward ? more : asked.from !== null,
      startCursor: edges.at(0)?.cursor ?? given,
      endCursor: edges.at(-1)?.cursor ?? given,
    },
    get totalCount() {
      return totalCount();
    },
  };
}

const cursorOf = ({ key, tie }: Place, { name }: ListOrder): string =>
  Buffer.from(JSON.stringify([name, key, tie])).toString('base64url');

function placeIn(cursor: string, order: ListOrder, argument: string): Place {
  const parts = parsed(Buffer.from(cursor, 'base64url').toString());
  const [name, key, tie] = Array.isArray(parts) ? (parts as readonly unknown[]) : [];
  if (typeof name !== 'string') return refuse(`${argument} is not a cursor that this server gave out`);
  if (name !== order.name) return refuse(`${argument} is a cursor of ${name}, not of ${order.name}`);
  if (isTie(tie, order) && isKey(key, order)) return { key, tie };
  return refuse(`${argument} is not a cursor that this server gave out`);
}

const isText = (value: unknown): value is string => typeof value === 'string' && !value.includes('\0');
const isTime = (value: unknown): value is string =>
  isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && !Number.isNaN(Date.parse(value));
const isWhole = (value: unknown): value is number =>
  Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;

const isTie = (tie: unknown, order: ListOrder): tie is Place['tie'] =>
  order.tie === 'number' ? isWhole(tie) : isText(tie);

function isKey(key: unknown, order: ListOrder): key is Place['key'] {
  if (key === null) return true;
  switch (order.key) {
    case 'number':
      return typeof key === 'number';
    case 'time':
      return isTime(key);
    case 'text':
      return isText(key);
    case null:
      return false;
    default:
      return order.key satisfies never;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
