import type { SpaceSpec } from '@ionloop/domain';

/** What is screened: a space, with a word on its continua and its mixtures, or all substitutions into a formula. */
export type StreamSpec = SpaceStreamSpec | SubstitutionSpec;

export interface SpaceStreamSpec extends SpaceSpec {
  /** At how many values each continuous parameter is looked at. */
  readonly levels?: { readonly [parameter: string]: number };
  /** How many components of a mixture may be there at once. */
  readonly mostComponents?: { readonly [mixture: string]: number };
}

/** Every choice of elements for the sites of a formula. */
export interface SubstitutionSpec {
  /** A formula with sites in braces: "Li6{A}{X}", "Li7{A}3{B}2O12". */
  readonly template: string;
  /** The elements that may sit on each site, by its name. */
  readonly sites: { readonly [site: string]: readonly string[] };
  /** The properties of elements that become columns; all of them where it is left out. */
  readonly properties?: readonly string[];
  /** The charge that an element has here, where it is not its usual one. */
  readonly charges?: { readonly [element: string]: number };
}

export const isSubstitution = (spec: StreamSpec): spec is SubstitutionSpec => 'template' in spec;
