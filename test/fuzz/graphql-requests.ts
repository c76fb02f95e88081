import {
  getNamedType,
  type GraphQLInputType,
  type GraphQLOutputType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { type Root, roots } from '../../apps/api/test/support/calls.js';
import { brokenJson, brokenText, mutated, numbers } from './broken.js';
import type { Chance } from './chance.js';
import type { Known } from './known.js';
import { plausible, typeOfId } from './plausible.js';

export interface GraphQLBody {
  readonly query: unknown;
  readonly variables?: unknown;
  readonly operationName?: unknown;
  readonly extensions?: unknown;
}

interface Drawing {
  readonly chance: Chance;
  readonly known: Known;
  /** How often a value is not what it should be. */
  readonly broken: number;
}

/** An operation as somebody might send it: whole, or wrong in one of many ways. */
export function graphqlBody(chance: Chance, known: Known): GraphQLBody {
  const whole = (broken: number): GraphQLBody => operation({ chance, known, broken }, chance.one(roots));
  switch (chance.below(10)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return whole(0);
    case 4:
    case 5:
      return whole(0.15);
    case 6: {
      const { query, variables } = whole(0);
      return { query: mutated(chance, String(query)), variables };
    }
    case 7:
      return { ...whole(0.1), ...oddMembers(chance) };
    default:
      return { query: monstrous(chance, known) };
  }
}

function operation(drawing: Drawing, root: Root): GraphQLBody {
  const { chance } = drawing;
  const given = root.field.args.filter(
    ({ type, defaultValue }) => (isNonNullType(type) && defaultValue === undefined) || chance.often(0.5),
  );
  const variables = Object.fromEntries(
    given.map(({ name, type }) => [name, valueOf(drawing, type, name, root.field.name)]),
  );
  const declared = given.map(({ name, type }) => `$${name}: ${type.toString()}`).join(', ');
  const args = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const selection = selectionOf(drawing, root.field.type, chance.between(2, 6));
  const query = `${root.kind} Fuzz${declared === '' ? '' : `(${declared})`} { ${root.field.name}${
    args === '' ? '' : `(${args})`
  } ${selection} }`;
  return { query, variables };
}

function valueOf(drawing: Drawing, type: GraphQLInputType, name: string, where: string): unknown {
  const { chance, known, broken } = drawing;
  if (chance.often(broken)) return brokenJson(chance);
  if (isNonNullType(type)) return valueOf(drawing, type.ofType, name, where);
  const named = getNamedType(type);
  const make = Object.hasOwn(plausible, name) ? plausible[name] : undefined;
  if (make && !isInputObjectType(named) && !isEnumType(named) && chance.often(0.9))
    return make(chance, known);
  if (isListType(type)) {
    const length = chance.one([0, 1, 1, 2, 3]);
    return Array.from({ length }, () => valueOf(drawing, type.ofType, name, where));
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    // Of a request exactly one question is asked.
    const asked = type.name === 'AnalysisRequestInput' ? chance.one(fields).name : null;
    return Object.fromEntries(
      fields
        .filter(({ name: field, type: of, defaultValue }) =>
          asked === null
            ? (isNonNullType(of) && defaultValue === undefined) || chance.often(0.4)
            : field === asked,
        )
        .map(({ name: field, type: of }) => [field, valueOf(drawing, of, field, where)]),
    );
  }
  if (isEnumType(type)) return chance.one(type.getValues()).name;
  switch (type.name) {
    case 'ID':
      return known.id(chance, typeOfId(name, where));
    case 'Int':
      return chance.between(0, 20);
    case 'Float':
      return chance.one([0, 0.5, 1, 10, ...numbers]);
    case 'Boolean':
      return chance.often(0.5);
    case 'JSON':
      return brokenJson(chance, 2);
    default:
      return chance.often(0.5) ? 'fuzz' : brokenText(chance);
  }
}

function selectionOf(drawing: Drawing, type: GraphQLOutputType, depth: number): string {
  const { chance } = drawing;
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isUnionType(named)) {
    const parts = named
      .getTypes()
      .map((one) => `... on ${one.name} ${selectionOf(drawing, one, Math.min(depth, 2))}`);
    // Members of two types that have one name and two types cannot stand beside each other.
    return `{ __typename ${chance.one(parts)} }`;
  }
  const fields = isObjectType(named) || isInterfaceType(named) ? Object.values(named.getFields()) : [];
  const chosen = fields.filter(({ name, type: of }) => {
    if (/^(id|specHash|endCursor)$/.test(name)) return true;
    return isLeafType(getNamedType(of)) ? chance.often(0.5) : depth > 1 && chance.often(0.45);
  });
  const written = chosen.map(({ name, type: of, args }) => {
    const given = args.filter(
      ({ type: wanted, defaultValue }) =>
        (isNonNullType(wanted) && defaultValue === undefined) || chance.often(0.3),
    );
    const list = given
      .map((one) => `${one.name}: ${literal(valueOf(drawing, one.type, one.name, name), one.type)}`)
      .join(', ');
    return `${name}${list === '' ? '' : `(${list})`} ${selectionOf(drawing, of, depth - 1)}`;
  });
  return `{ __typename ${written.join(' ')} }`;
}

/** A value as it stands in a document: names of enumerations without quotes. */
function literal(value: unknown, type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(value, type.ofType);
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) {
    const inner = isListType(type) ? type.ofType : type;
    return `[${value.map((one) => literal(one, inner)).join(', ')}]`;
  }
  if (typeof value === 'object') {
    const fields = isInputObjectType(type) ? type.getFields() : {};
    const members = Object.entries(value).map(([name, one]) => {
      const of = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return `${/^[_A-Za-z]\w*$/.test(name) ? name : 'odd'}: ${literal(one, of?.type ?? type)}`;
    });
    return `{ ${members.join(', ')} }`;
  }
  if (isEnumType(getNamedType(type)) && typeof value === 'string' && /^\w+$/.test(value)) return value;
  return JSON.stringify(value);
}

const oddMembers = (chance: Chance): Partial<GraphQLBody> =>
  chance.one<Partial<GraphQLBody>>([
    { variables: brokenJson(chance) },
    { operationName: brokenJson(chance) },
    { extensions: brokenJson(chance) },
    { extensions: { persistedQuery: { version: 1, sha256Hash: brokenText(chance) } } },
    { query: brokenJson(chance) },
    { query: undefined },
    { variables: { __proto__: null, input: brokenJson(chance) } },
  ]);

/** Documents that ask for too much, or for nothing that can be. */
function monstrous(chance: Chance, known: Known): string {
  const n = chance.one([10, 100, 1000, 5000]);
  const id = JSON.stringify(known.id(chance, 'Campaign'));
  const shapes: readonly (() => string)[] = [
    () => `{ ${Array.from({ length: n }, (_, i) => `a${i}: viewer { name }`).join(' ')} }`,
    () => `{ campaign(id: ${id}) ${'{ experiments { nodes { attempts { station { id } } } } '.repeat(1)} } }`,
    () => `{ ${'node(id: "x") { ... on Experiment { attempts { '.repeat(1)} id } } } }`,
    () =>
      `{ campaigns ${'{ nodes { tasks { nodes { campaign '.repeat(Math.min(n, 200))} { id ${'} } } } '.repeat(Math.min(n, 200))} } }`,
    () => '{ viewer { ...A } } fragment A on Viewer { name ...B } fragment B on Viewer { role ...A }',
    () => '{ viewer { ...A } } fragment A on Viewer { ...A }',
    () =>
      `{ viewer { ...F0 } } ${Array.from({ length: n }, (_, i) => `fragment F${i} on Viewer { name ...F${i + 1} }`).join(' ')} fragment F${n} on Viewer { role }`,
    () =>
      `{ viewer { ...G0 } } ${Array.from({ length: 25 }, (_, i) => `fragment G${i} on Viewer { ...G${i + 1} ...G${i + 1} }`).join(' ')} fragment G25 on Viewer { role }`,
    () =>
      `{ campaigns(first: ${chance.one(['2147483647', '2147483648', '-1', '1e9', '99999999999999999999', '"5"', 'null'])}) { nodes { experiments(first: 500) { nodes { id } } } } }`,
    () => `{ viewer ${'@skip(if: false) '.repeat(n)} { name } }`,
    () => `{ viewer @include(if: ${chance.one(['$x', '"yes"', 'null', '1'])}) { name } }`,
    () => `{ viewer @defer { name } ... @stream(initialCount: 0) { viewer { role } } }`,
    () => '{ '.repeat(n),
    () => `{ campaign(id: ${'['.repeat(n)}1${']'.repeat(n)}) { id } }`,
    () =>
      `{ previewSpace(space: ${'{ a: '.repeat(Math.min(n, 1000))}1${' }'.repeat(Math.min(n, 1000))}) { userErrors { code } } }`,
    () => `query (${Array.from({ length: n }, (_, i) => `$v${i}: Int`).join(', ')}) { viewer { name } }`,
    () => `query ($a: Nothing, $b: Viewer, $c: [[[[Int!]!]!]!]!) { viewer { name } }`,
    () =>
      `query A { viewer { name } } query B { viewer { role } } subscription C { campaignEvents(campaign: ${id}, after: 0) { seq } }`,
    () =>
      `subscription { campaignEvents(campaign: ${id}, after: 0) { seq } analysisProgress(id: ${id}) { id } }`,
    () =>
      `mutation { ${Array.from({ length: Math.min(n, 100) }, (_, i) => `m${i}: moveCampaign(input: { id: ${id}, to: ${chance.one(['active', 'paused'])} }) { userErrors { code } }`).join(' ')} }`,
    () =>
      '{ __schema { types { name fields { name args { name } type { name ofType { name ofType { name } } } } } } }',
    () => `{ __schema ${'{ types { fields { type '.repeat(12)} { name ${'} } } '.repeat(12)} } }`,
    () => '{ __type(name: "Query") { fields { name } } __typename }',
    () => `extend type Query { a: Int } { viewer { name } }`,
    () => `{ nodes(ids: [${Array.from({ length: n }, () => id).join(', ')}]) { id } }`,
    () => `{ campaigns(text: ${JSON.stringify('%'.repeat(n))}) { totalCount } }`,
    () => `{ viewer { name # ${'x'.repeat(n * 20)}\n } }`,
    () => `{ viewer { name } } ${'\ufeff'.repeat(n)}`,
    () => `"""${'x'.repeat(n)}""" { viewer { name } }`,
    () => brokenText(chance),
  ];
  return chance.one(shapes)();
}
