import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type FieldNode,
} from 'graphql';
import type { ApiSettings } from '../parts.js';

/**
 * What one request may ask for. Depth counts fields from the root. Aliases count over the whole document. The cost is
 * one for each field that may come back: a list counts as long as its `first` or `last` says, any other list as ten.
 */
export interface Limits {
  readonly depth: number;
  readonly aliases: number;
  readonly cost: number;
  /** Words and marks of the document. */
  readonly tokens: number;
}

export const limitsOf = (
  settings: Pick<ApiSettings, 'graphqlDepth' | 'graphqlAliases' | 'graphqlCost' | 'graphqlTokens'>,
): Limits => ({
  depth: settings.graphqlDepth,
  aliases: settings.graphqlAliases,
  cost: settings.graphqlCost,
  tokens: settings.graphqlTokens,
});

const entriesOfAList = 10;
/** Of a connection where nobody says. */
const pageLength = 50;

export interface Measured {
  readonly cost: number;
  /** About what it asks for too much of; null where it may be answered. */
  readonly complaint: GraphQLError | null;
}

/** How much an operation asks for. The document must have passed validation. */
export function measured(
  limits: Limits,
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Measured {
  const root = schema.getRootType(operation.operation);
  if (!root) return { cost: 0, complaint: null };
  const measure = new Measure(schema, document, { ...defaultsOf(operation), ...variables });
  const { depth, cost, aliases } = measure.selection(operation.selectionSet, root.name, null);
  const over = (what: string, is: number, limit: number): GraphQLError | null =>
    is <= limit
      ? null
      : new GraphQLError(`This operation is too large: its ${what} is ${is}, at most ${limit} is answered`, {
          extensions: { code: 'QUERY_TOO_LARGE', http: { status: 400 } },
        });
  const complaint =
    over('depth', depth, limits.depth) ??
    over('number of aliases', aliases, limits.aliases) ??
    over('cost', cost, limits.cost);
  return { cost, complaint };
}

const defaultsOf = (operation: OperationDefinitionNode): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : undefined,
    ]),
  );

interface Size {
  readonly depth: number;
  readonly cost: number;
  readonly aliases: number;
}
const nothing: Size = { depth: 0, cost: 0, aliases: 0 };

class Measure {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** A fragment is measured once for each page size it stands under, so that nesting them costs us no more. */
  private readonly measured = new Map<string, Size>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {
    this.fragments = new Map(
      document.definitions
        .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
        .map((definition) => [definition.name.value, definition]),
    );
  }

  selection(set: SelectionSetNode, typeName: string, page: number | null): Size {
    return set.selections
      .map((selection) => {
        switch (selection.kind) {
          case Kind.FIELD:
            return this.field(selection, typeName, page);
          case Kind.INLINE_FRAGMENT:
            return this.selection(
              selection.selectionSet,
              selection.typeCondition?.name.value ?? typeName,
              page,
            );
          case Kind.FRAGMENT_SPREAD:
            return this.fragment(selection.name.value, page);
          default:
            return selection satisfies never;
        }
      })
      .reduce(
        (sum, size) => ({
          depth: Math.max(sum.depth, size.depth),
          cost: sum.cost + size.cost,
          aliases: sum.aliases + size.aliases,
        }),
        nothing,
      );
  }

  private fragment(name: string, page: number | null): Size {
    const key = `${name}/${page ?? ''}`;
    const known = this.measured.get(key);
    if (known) return known;
    const definition = this.fragments.get(name);
    const size = definition
      ? this.selection(definition.selectionSet, definition.typeCondition.name.value, page)
      : nothing;
    this.measured.set(key, size);
    return size;
  }

  private field(node: FieldNode, typeName: string, page: number | null): Size {
    const aliases = node.alias === undefined ? 0 : 1;
    // The standard introspection query is deep, but bounded by the schema.
    if (node.name.value.startsWith('__')) return { depth: 1, cost: 1, aliases };
    const definition = this.definition(typeName, node.name.value);
    if (!definition || !node.selectionSet) return { depth: 1, cost: 1, aliases };
    const first = this.firstOf(node, definition) ?? page;
    const isList = isListType(getNullableType(definition.type));
    const inner = this.selection(
      node.selectionSet,
      getNamedType(definition.type).name,
      isList ? null : first,
    );
    const entries = isList ? (first ?? entriesOfAList) : 1;
    return { depth: inner.depth + 1, cost: 1 + entries * inner.cost, aliases: aliases + inner.aliases };
  }

  private definition(typeName: string, fieldName: string): GraphQLField<unknown, unknown> | undefined {
    const type = this.schema.getType(typeName);
    return isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined;
  }

  private firstOf(node: FieldNode, definition: GraphQLField<unknown, unknown>): number | null {
    const declared = definition.args.find(({ name }) => name === 'first');
    if (!declared) return null;
    const value = this.given(node, 'first') ?? this.given(node, 'last') ?? declared.defaultValue;
    if (typeof value === 'number') return Math.max(0, value);
    return definition.args.some(({ name }) => name === 'last') ? pageLength : entriesOfAList;
  }

  private given(node: FieldNode, argument: string): unknown {
    const given = node.arguments?.find(({ name }) => name.value === argument)?.value;
    if (given?.kind === Kind.INT) return Number(given.value);
    return given?.kind === Kind.VARIABLE ? this.variables[given.name.value] : undefined;
  }
}
