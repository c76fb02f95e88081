"""Writes test/special-errors.json: points drawn at random over the range of each special function, and its value there to a
thousandth of an ulp, from mpmath at 60 digits.

    pip install mpmath && python special_errors.py 120 > ../test/special-errors.json
"""

import json
import math
import random
import statistics
import sys

from mpmath import cos, erf, erfc, exp, expm1, log, log1p, loggamma, mp, mpf, pi, sin, sqrt

mp.dps = 60
random.seed(20240611)
uniform, choice = random.uniform, random.choice

NOTES = (
    "[x, y, r]: f(x) is y + r ulp of y, y the nearest double; computed with mpmath at 60 digits by scripts/special_errors.py"
)


def power(low, high):
    return 10 ** uniform(low, high)


def signed(low, high):
    return choice([-1, 1]) * power(low, high)


def pdf(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def cdf(x):
    return erfc(-x / sqrt(mpf(2))) / 2


def log_cdf(x):
    return log(cdf(x)) if x < 5 else log1p(-cdf(-x))


def quantile(p):
    if p > mpf(1) / 2:
        return -quantile(1 - p)
    x = mpf(statistics.NormalDist().inv_cdf(float(p)))
    step = mpf(1)
    while abs(step) > abs(x) * mpf(10) ** -45:
        step = (log(cdf(x)) - log(p)) * cdf(x) / pdf(x)
        x -= step
    return x


FUNCTIONS = {
    "exp": (exp, [lambda: uniform(-708, 709), lambda: uniform(-40, 40), lambda: signed(-8, 0)]),
    "expm1": (
        expm1,
        [lambda: uniform(-40, 60), lambda: uniform(-2, 2), lambda: signed(-20, 0), lambda: uniform(-0.7, 0.7)],
    ),
    "log": (log, [lambda: power(-308, 308), lambda: uniform(0.5, 2), lambda: 1 + signed(-15, -1)]),
    "log1p": (
        log1p,
        [lambda: uniform(-0.999, 3), lambda: signed(-18, -0.01), lambda: power(0, 20), lambda: -1 + power(-12, 0)],
    ),
    "sin": (sin, [lambda: uniform(-10, 10), lambda: uniform(-1e6, 1e6), lambda: round(uniform(1, 3e5)) * math.pi]),
    "cos": (
        cos,
        [lambda: uniform(-10, 10), lambda: uniform(-1e6, 1e6), lambda: (round(uniform(1, 3e5)) + 0.5) * math.pi],
    ),
    "erf": (erf, [lambda: uniform(-6, 6), lambda: uniform(-1, 1), lambda: signed(-20, 0)]),
    "erfc": (erfc, [lambda: uniform(-6, 6), lambda: uniform(0, 26.5), lambda: uniform(-1, 3)]),
    "erfcx": (
        lambda x: exp(x * x) * erfc(x),
        [lambda: uniform(-1, 12), lambda: power(-3, 9), lambda: uniform(-26, 0), lambda: uniform(10, 40)],
    ),
    "normPdf": (pdf, [lambda: uniform(-37.5, 37.5), lambda: uniform(-4, 4)]),
    "normCdf": (cdf, [lambda: uniform(-37.5, 8), lambda: uniform(-4, 4), lambda: uniform(-1, 1)]),
    "logNormCdf": (
        log_cdf,
        [lambda: uniform(-40, 8), lambda: -power(0, 8), lambda: uniform(-2, 2), lambda: uniform(0, 37)],
    ),
    "normQuantile": (
        quantile,
        [lambda: uniform(0, 1), lambda: power(-300, -1), lambda: 1 - power(-15, -1), lambda: 0.5 + signed(-8, -1)],
    ),
    "log1mexp": (
        lambda x: log(-expm1(x)) if x > -1 else log1p(-exp(x)),
        [lambda: uniform(-3, 0), lambda: -power(-15, 0), lambda: uniform(-700, 0), lambda: uniform(-40, 0)],
    ),
    "lgamma": (
        loggamma,
        [lambda: uniform(0, 12), lambda: power(-10, 15), lambda: uniform(0.9, 1.1), lambda: uniform(1.2, 2.6)],
    ),
}


def rows(f, draws, count):
    for i in range(count):
        x = draws[i % len(draws)]()
        exact = f(mpf(x))
        y = float(exact)
        assert abs(y) > sys.float_info.min or y == 0, x
        yield [x, y, round(float((exact - y) / math.ulp(y)), 3)]


table = {name: list(rows(f, draws, int(sys.argv[1]))) for name, (f, draws) in FUNCTIONS.items()}
lines = [f'  "notes": {json.dumps(NOTES)}']
lines += [f'  "{name}": [\n' + ",\n".join(f"    {json.dumps(row)}" for row in r) + "\n  ]" for name, r in table.items()]
print("{\n" + ",\n".join(lines) + "\n}")
