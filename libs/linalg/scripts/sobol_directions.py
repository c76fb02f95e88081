"""Writes src/random/sobol-directions.ts from the table new-joe-kuo-6.21201 as scipy carries it.

    pip install scipy && python sobol_directions.py > ../src/random/sobol-directions.ts
"""

import textwrap
from pathlib import Path

import numpy
import scipy.stats

DIMENSIONS = 2048

table = numpy.load(Path(scipy.stats.__file__).parent / "_sobol_direction_numbers.npz")


def entry(dimension):
    polynomial = int(table["poly"][dimension])
    degree = polynomial.bit_length() - 1
    inner = (polynomial >> 1) & ((1 << (degree - 1)) - 1)
    return f"{inner}:" + ",".join(str(m) for m in table["vinit"][dimension, :degree])


entries = " ".join(entry(dimension) for dimension in range(1, DIMENSIONS))
lines = textwrap.wrap(entries, 118, break_long_words=False, break_on_hyphens=False)
print(
    f"""/**
 * Joe and Kuo's direction numbers new-joe-kuo-6.21201 (S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better
 * two-dimensional projections", SIAM J. Sci. Comput. 30, 2635, 2008), dimensions 2 … {DIMENSIONS}, a `a:m₁,…,mₛ` each: a holds the
 * inner coefficients of the primitive polynomial of degree s. Written by scripts/sobol_directions.py.
 */
export const largestSobolDimension = {DIMENSIONS};

const table = `
{chr(10).join(lines)}
`;

export interface DirectionNumbers {{
  /** Inner coefficients of the primitive polynomial, as bits. */
  readonly a: number;
  readonly m: readonly number[];
}}

const entries = table.trim().split(/\\s+/);

/** Of dimension 2 … {DIMENSIONS}, counted from 1. */
export function directionNumbers(dimension: number): DirectionNumbers {{
  const [a, m] = entries[dimension - 2]!.split(':') as [string, string];
  return {{ a: Number(a), m: m.split(',').map(Number) }};
}}"""
)
