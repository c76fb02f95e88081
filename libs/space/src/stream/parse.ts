import { invalidInput } from '@ionloop/domain';
import { parseSpaceSpec } from '../parse.js';
import { fieldsOf, isObject, listOf, nameAt, numberAt } from '../read.js';
import type { StreamSpec } from './spec.js';

const mostNames = 200;

/** What is to be screened, from untrusted JSON: only its shape is checked here, the rest by `openStream`. */
export function parseStreamSpec(json: unknown): StreamSpec {
  if (isObject(json) && 'template' in json) return parseSubstitution(json);
  const { levels, mostComponents, ...space } = fieldsOf(json, 'space', [
    ...Object.keys(isObject(json) ? json : {}),
    'parameters',
  ]);
  return {
    ...parseSpaceSpec(space),
    ...(levels === undefined ? {} : { levels: numbersIn(levels, 'levels') }),
    ...(mostComponents === undefined ? {} : { mostComponents: numbersIn(mostComponents, 'mostComponents') }),
  };
}

function parseSubstitution(json: unknown): StreamSpec {
  const fields = fieldsOf(json, 'space', ['template', 'sites', 'properties', 'charges']);
  const { sites, properties, charges } = fields;
  if (!isObject(sites))
    throw invalidInput('sites', 'sites must be an object: a list of elements for each site');
  return {
    template: nameAt(fields['template'], 'template'),
    sites: Object.fromEntries(
      Object.entries(sites).map(([site, list]) => [site, namesIn(list, `sites.${site}`)]),
    ),
    ...(properties === undefined ? {} : { properties: namesIn(properties, 'properties') }),
    ...(charges === undefined ? {} : { charges: numbersIn(charges, 'charges') }),
  };
}

const namesIn = (value: unknown, field: string): readonly string[] =>
  listOf(value, field, mostNames).map((name, i) => nameAt(name, `${field}[${i}]`));

function numbersIn(value: unknown, field: string): { readonly [name: string]: number } {
  if (!isObject(value)) throw invalidInput(field, `${field} must be an object of numbers by name`);
  return Object.fromEntries(
    Object.entries(value).map(([name, number]) => [
      nameAt(name, field),
      numberAt(number, `${field}.${name}`),
    ]),
  );
}
