"""Writes src/special/erfcx-pieces.ts: polynomials for e^(x^2) erfc(x) on the intervals named there, from mpmath at 50 digits.

    pip install mpmath && python erfcx_pieces.py > ../src/special/erfcx-pieces.ts
"""

from mpmath import chebyfit, erfc, exp, mp, mpf

mp.dps = 50
TERMS = 14

HEADER = """/**
 * e^(x²)·erfc(x) on intervals: eight to the unit from −1 to ½, then four to the octave up to 32. On the interval with centre c it is
 * high + (low + d·P(d)), d = x − c, where high + low is the value at c. A line holds c, high, low and the coefficients of P, the
 * constant first. Made by scripts/erfcx_pieces.py: within 2⁻⁵⁸ of the true value.
 */"""


def erfcx(x):
    return exp(x * x) * erfc(x)


def piece(a, b):
    c, half = (a + b) / 2, (b - a) / 2
    at_centre = erfcx(c)
    high = mpf(float(at_centre))

    def divided(d):
        if abs(d) < mpf(10) ** -25:
            return mp.diff(erfcx, c)
        return (erfcx(c + d) - at_centre) / d

    coefficients, error = chebyfit(divided, [-half, half], TERMS, error=True)
    assert error * half / erfcx(b) < mpf(2) ** -58, (a, b, error)
    return [c, high, at_centre - high, *reversed(coefficients)]


edges = [mpf(i) / 8 - 1 for i in range(12)]
edges += [mpf(2) ** e * (1 + mpf(i) / 4) for e in range(-1, 5) for i in range(4)] + [mpf(32)]
print(HEADER)
print("const table = `")
for a, b in zip(edges, edges[1:]):
    print(" ".join(repr(float(value)) for value in piece(a, b)))
print("`;")
print(
    """
/** Numbers to a piece: c, high, low and the coefficients. */
export const pieceLength = %d;
export const erfcxPieces = Float64Array.from(table.trim().split(/\\s+/), Number);"""
    % (3 + TERMS)
)
