import { elements, FormulaError, parseFormula } from '@ionloop/chemistry';
import { invalidInput } from '@ionloop/domain';
import type { SubstitutionSpec } from './spec.js';

/** A place in a formula: an element that stays, or a site by its number. */
export interface Slot {
  readonly amount: number;
  readonly holds: { readonly element: string } | { readonly site: number };
}

export interface Template {
  readonly siteNames: readonly string[];
  /** In the order in which they first appear in the formula. */
  readonly slots: readonly Slot[];
  /** The formula with an element on each site. */
  formulaOf(chosen: readonly string[]): string;
}

const braces = /\{([^{}]*)\}/g;

/** Sites are read as if an element that is nowhere in the formula sat on them, so that brackets and amounts count as ever. */
export function readTemplate({ template, sites }: SubstitutionSpec): Template {
  const siteNames = [...new Set([...template.matchAll(braces)].map(([, name = '']) => name))];
  checkSites(template, siteNames, sites);
  const plain = template.replaceAll(braces, ' ');
  const standIns = [...elements.keys()]
    .filter((symbol) => !plain.includes(symbol))
    .toReversed()
    .slice(0, siteNames.length);
  const written = (chosen: readonly string[]): string =>
    template.replaceAll(braces, (_, name: string) => chosen[siteNames.indexOf(name)] ?? '');
  const slots = parsed(template, written(standIns)).map(({ element, amount }): Slot => {
    const site = standIns.indexOf(element);
    return { amount, holds: site < 0 ? { element } : { site } };
  });
  return { siteNames, slots, formulaOf: written };
}

function parsed(template: string, formula: string): ReturnType<typeof parseFormula> {
  try {
    return parseFormula(formula);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    throw invalidInput('template', `the template "${template}" cannot be read: ${error.problem}`);
  }
}

const mostSites = 30;

function checkSites(template: string, names: readonly string[], sites: SubstitutionSpec['sites']): void {
  if (names.length === 0) {
    throw invalidInput('template', `the template "${template}" has no site; write one in braces, as {A}`);
  }
  if (names.length > mostSites) {
    throw invalidInput(
      'template',
      `the template has ${names.length} sites; at most ${mostSites} can be handled`,
    );
  }
  const stranger = Object.keys(sites).find((name) => !names.includes(name));
  if (stranger !== undefined) {
    throw invalidInput(`sites.${stranger}`, `the template "${template}" has no site {${stranger}}`);
  }
  for (const name of names) {
    const list = sites[name];
    if (list === undefined || list.length === 0) {
      throw invalidInput(`sites.${name}`, `no element is named for the site {${name}}`);
    }
    list.forEach((element, i) => {
      if (!elements.has(element)) {
        throw invalidInput(`sites.${name}[${i}]`, `there is no element "${element}"`);
      }
      if (list.indexOf(element) !== i) {
        throw invalidInput(`sites.${name}[${i}]`, `${element} is named twice for the site {${name}}`);
      }
    });
  }
}
