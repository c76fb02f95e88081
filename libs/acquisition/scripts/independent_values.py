"""Numbers the tests hold acquisitions against: mpmath at 50 digits, pymoo for hypervolumes, and expected hypervolume improvement summed over
every cell of the grid that the front's coordinates make. Writes test/independent-values.json.

    pip install mpmath numpy pymoo && python independent_values.py
"""

import itertools
import json
import pathlib

import mpmath as mp
import numpy as np
from pymoo.indicators.hv import HV

mp.mp.dps = 50
rng = np.random.default_rng(20240607)


def density(z):
    return mp.npdf(z)


def below(z):
    return mp.erfc(-z / mp.sqrt(2)) / 2


def hinge(mean, sd, bar):
    """E max(f - bar, 0)"""
    u = (mp.mpf(mean) - mp.mpf(bar)) / mp.mpf(sd)
    return mp.mpf(sd) * (density(u) + u * below(u))


def windows():
    for mean, sd, low, high in [
        (0, 1, -1, 1), (0, 1, 0.1, 0.1000001), (0, 1, 5, 6), (0, 1, 30, 31), (0, 1, -40, -39.5), (3, 0.5, 2, 4),
        (0, 2, 100, 100.001), (1, 1e-3, 0.99, 1.5), (0, 1, -8, 9), (0.3, 1, -1e-3, 1e-3), (0, 1, -30, 30),
    ]:
        a, b = [(mp.mpf(end) - mean) / mp.mpf(sd) for end in (low, high)]
        value = below(b) - below(a) if a < 0 else below(-a) - below(-b)
        yield {"mean": mean, "sd": sd, "low": low, "high": high, "log": float(mp.log(value))}


def targets():
    for mean, sd, low, high, nearest in [
        (0, 1, -1, 1, 0.5), (0, 1, 0, 0, 1), (0, 1, 0, 0, 0.01), (0.2, 1, 0.5, 0.7, 0.6), (5, 1, 0, 1, 0.4), (5, 1, 0, 1, 3),
        (-20, 1, 0, 1, 2), (-20, 1, 0, 1, 0.2), (0, 0.01, -1, 1, 2), (3, 0.1, 0, 10, 1), (0, 50, -1, 1, 0.5), (12, 1, 0, 1, 11.5),
        (0.5, 1, 0, 1000, 3), (-4, 2, 0, 0, 5),
    ]:
        with mp.workdps(120):
            knots = [mp.mpf(low) - nearest, mp.mpf(low), mp.mpf(high), mp.mpf(high) + nearest]
            e = [hinge(mean, sd, knot) for knot in knots]
            value = mp.log(e[0] - e[1] - e[2] + e[3])
        yield {"mean": mean, "sd": sd, "low": low, "high": high, "nearest": nearest, "log": float(value)}


def entropies():
    for gamma in [-1e6, -1000, -101, -99, -30, -5, -1.01, -0.99, -0.1, 0, 0.3, 1, 3, 4.99, 5.01, 10, 38, 100]:
        with mp.workdps(80):
            g = mp.mpf(gamma)
            if g < -2000:
                x = -g
                value = -mp.mpf(1) / 2 + 1 / x**2 + mp.log(x) + mp.log(2 * mp.pi) / 2 + 1 / x**2
            else:
                surprise = -mp.log(below(g)) if g < 0 else -mp.log1p(-below(-g))
                value = g * density(g) / (2 * below(g)) + surprise
        yield {"gamma": gamma, "log": float(mp.log(value))}


def gains():
    for r, scale in [(2, 1), (3, 1), (6, 0.5), (12, 0.05), (12, 1e-3), (30, 1)]:
        a = rng.normal(size=r).round(3)
        b = (scale * rng.normal(size=r)).round(5)
        lines = [(mp.mpf(float(x)), mp.mpf(float(y))) for x, y in zip(a, b)]
        # Every crossing is a place where the integrand may have a corner.
        corners = sorted({(p[0] - q[0]) / (q[1] - p[1]) for p, q in itertools.combinations(lines, 2) if p[1] != q[1]})
        edges = [-mp.inf, *corners, mp.inf]
        total = mp.mpf(0)
        for left, right in zip(edges, edges[1:]):
            middle = left + 1 if right == mp.inf else right - 1 if left == -mp.inf else (left + right) / 2
            intercept, slope = max(lines, key=lambda line: line[0] + line[1] * middle)
            # Against the line of the largest intercept, so that nothing cancels.
            top = max(lines)
            d, s = intercept - top[0], slope - top[1]
            total += d * (below(right) - below(left)) + s * (density(left) - density(right))
        yield {"a": a.tolist(), "b": b.tolist(), "log": float(mp.log(total))}


def volumes():
    for p, n in [(2, 12), (3, 4), (3, 20), (4, 6), (4, 25)]:
        points = rng.uniform(size=(n, p)).round(4)
        points /= np.linalg.norm(points, axis=1, keepdims=True) ** 0.7
        points = points.round(4)
        value = HV(ref_point=-0.05 * np.ones(p))(-points)
        yield {"points": points.tolist(), "reference": [0.05] * p, "hypervolume": float(value)}


def hypervolume_improvements():
    for p, n, repeats in [(2, 5, 3), (3, 4, 3), (3, 7, 2), (4, 4, 2)]:
        points = rng.uniform(size=(n, p))
        points = (points / np.linalg.norm(points, axis=1, keepdims=True) ** 0.8).round(3)
        reference = [0.1] * p
        for _ in range(repeats):
            mean = rng.uniform(-0.2, 1.1, size=p).round(3).tolist()
            sd = rng.uniform(0.02, 0.5, size=p).round(3).tolist()
            grid = [[reference[k], *sorted({v for v in points[:, k].tolist() if v > reference[k]}), mp.inf] for k in range(p)]
            psi = [[mp.mpf(0) if v == mp.inf else hinge(mean[k], sd[k], v) for v in grid[k]] for k in range(p)]
            total = mp.mpf(0)
            for cell in itertools.product(*(range(len(g) - 1) for g in grid)):
                # A cell is dominated where a point is at least its upper corner.
                upper = [grid[k][c + 1] for k, c in enumerate(cell)]
                if any(all(q[k] >= upper[k] for k in range(p)) for q in points.tolist()):
                    continue
                total += mp.fprod(psi[k][c] - psi[k][c + 1] for k, c in enumerate(cell))
            yield {
                "front": points.tolist(), "reference": reference, "mean": mean, "sd": sd, "log": float(mp.log(total)),
            }


values = {
    "note": "made by scripts/independent_values.py: mpmath at 50 digits, pymoo, and sums over all cells of a grid",
    "windows": list(windows()),
    "targets": list(targets()),
    "entropyDrops": list(entropies()),
    "gainsOfLines": list(gains()),
    "hypervolumes": list(volumes()),
    "hypervolumeImprovements": list(hypervolume_improvements()),
}
place = pathlib.Path(__file__).parent.parent / "test" / "independent-values.json"
place.write_text(json.dumps(values, indent=1) + "\n")
