import type { Json } from '../contract.js';

/** A rising map z = t(y) between a response and what a model is given of it. */
export interface OutputTransform {
  readonly name: OutputTransformName;
  forward(y: number): number;
  /** y = g(z), −∞ and ∞ included. */
  inverse(z: number): number;
  /** dz/dy, above 0. */
  slope(y: number): number;
  /** Of g: moments go through straight lines and exponentials in closed form. */
  readonly shape: 'line' | 'exponential' | 'other';
  parameters(): { readonly [name: string]: Json };
}

export const outputTransformNames = ['log', 'boxCox', 'yeoJohnson', 'winsorised', 'standardised'] as const;
export type OutputTransformName = (typeof outputTransformNames)[number];

/** How a transform comes by its parameters. */
export interface TransformKind {
  /** From responses; refuses those that it cannot take. */
  learn(y: Float64Array): OutputTransform;
  read(name: string, fields: { readonly [name: string]: Json }): OutputTransform;
}
