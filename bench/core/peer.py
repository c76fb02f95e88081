"""The peers of bench:core, in one process that lives as long as the run.

One JSON object a line comes in, one goes out. Arrays travel as base64 of little-endian doubles.
  {"do": "versions"}                                   -> {"versions": {...}}
  {"do": "prepare", "id", "case", "arrays", ...}       -> {"ready": id}
  {"do": "time", "id", "calls"}                        -> {"cpu": s, "wall": s} for all calls together; cpu is this thread's
  {"do": "answer", "id"}                               -> {"arrays": {...}}, what one call gives, to be compared
  {"do": "forget", "id"}                               -> {"forgot": id}
"""

import base64
import gc
import json
import platform
import sys
import time

import numpy as np
import scipy
import scipy.linalg as linalg
import sklearn
from scipy.linalg.blas import dtrmm, dtrsv
from scipy.linalg.lapack import dpotrf, dpotri
from scipy.spatial.distance import cdist, pdist
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel
from threadpoolctl import threadpool_info

ROOT5 = np.sqrt(5.0)
LOG_TWO_PI = np.log(2 * np.pi)


class Cholesky:
    """A new factor of a matrix that is kept: a copy, and LAPACK in its place."""

    def __init__(self, arrays, n):
        # Symmetric, so that the column-major order LAPACK wants costs nothing.
        self.A = np.asfortranarray(arrays["A"].reshape(n, n))

    def call(self):
        return linalg.cholesky(self.A.copy(order="K"), lower=True, overwrite_a=True, check_finite=False)

    def answer(self):
        return {"L": self.call()}


class Likelihood:
    """The log marginal likelihood and its gradient, theta = [ln s2, ln l (d), ln noise, c]; all big arrays are made once."""

    def __init__(self, arrays, n, d):
        self.X = arrays["X"].reshape(n, d)
        self.y = arrays["y"]
        self.theta = arrays["theta"]
        self.n, self.d = n, d
        self.K = np.empty((n, n))

    def parameters(self):
        theta, d = self.theta, self.d
        return np.exp(theta[0]), np.exp(-theta[1 : 1 + d]), np.exp(theta[1 + d]), theta[2 + d]

    @staticmethod
    def matern(r2, variance, r, e, slope, value):
        """value = k, slope = (1 + r)e, of which 5/3 is left to the gradient; r and e are room."""
        np.sqrt(r2, out=r)
        r *= -ROOT5
        np.exp(r, out=e)
        e *= variance
        np.subtract(1.0, r, out=r)
        np.multiply(r, e, out=slope)
        np.multiply(r2, e, out=value)
        value *= 5.0 / 3.0
        value += slope

    def factor(self, noise, mean):
        """K, complete with its noise, is written over. Row-major symmetric K is column-major K too."""
        n = self.n
        L, info = dpotrf(self.K.T, lower=1, overwrite_a=1, clean=0)
        assert info == 0
        residual = self.y - mean
        z = dtrsv(L, residual, lower=1)
        alpha = dtrsv(L, z, lower=1, trans=1)
        value = -0.5 * (z @ z) - np.log(L.diagonal()).sum() - 0.5 * n * LOG_TWO_PI
        inverse, info = dpotri(L, lower=1, overwrite_c=1)
        assert info == 0
        # Its upper triangle by rows.
        return value, alpha, inverse.T, residual @ alpha

    def assemble(self, lengthscales, noise, alpha, trace, fit):
        gradient = np.empty(self.d + 3)
        gradient[0] = 0.5 * ((fit - self.n) - noise * trace)
        gradient[1 : 1 + self.d] = lengthscales
        gradient[1 + self.d] = 0.5 * noise * trace
        gradient[2 + self.d] = alpha.sum()
        return gradient

    def answer(self):
        value, gradient = self.call()
        return {"value": np.array([value]), "gradient": gradient}


class TensorLikelihood(Likelihood):
    """Squared differences of all pairs kept by dimension, (d, n, n): distances are their sum, the gradient one product with them."""

    def __init__(self, arrays, n, d):
        super().__init__(arrays, n, d)
        self.D = np.empty((d, n, n))
        self.r2, self.r, self.e, self.slope = (np.empty((n, n)) for _ in range(4))
        self.above = np.triu(np.ones((n, n)), 1)

    def call(self):
        n, d = self.n, self.d
        variance, inverse_scales, noise, mean = self.parameters()
        Z = np.ascontiguousarray((self.X * inverse_scales).T)
        np.subtract(Z[:, :, None], Z[:, None, :], out=self.D)
        np.multiply(self.D, self.D, out=self.D)
        np.sum(self.D, axis=0, out=self.r2)
        self.matern(self.r2, variance, self.r, self.e, self.slope, self.K)
        self.K.ravel()[:: n + 1] += noise
        value, alpha, inverse, fit = self.factor(noise, mean)
        W = np.multiply(alpha[:, None], alpha, out=self.e)
        W -= inverse
        trace = np.trace(W)
        W *= self.slope
        W *= self.above
        lengthscales = (5.0 / 3.0) * (self.D.reshape(d, -1) @ W.ravel())
        return value, self.assemble(lengthscales, noise, alpha, trace, fit)


class CondensedLikelihood(Likelihood):
    """Each pair once: squared differences by dimension as (d, n(n-1)/2)."""

    def __init__(self, arrays, n, d):
        super().__init__(arrays, n, d)
        self.above = np.flatnonzero(np.triu(np.ones((n, n), dtype=bool), 1))
        self.i, self.j = np.triu_indices(n, 1)
        pairs = self.above.size
        self.D = np.empty((d, pairs))
        self.r2, self.r, self.e, self.slope, self.k = (np.empty(pairs) for _ in range(5))

    def call(self):
        n, d = self.n, self.d
        variance, inverse_scales, noise, mean = self.parameters()
        Z = self.X * inverse_scales
        for q in range(d):
            pdist(Z[:, q : q + 1], "sqeuclidean", out=self.D[q])
        np.sum(self.D, axis=0, out=self.r2)
        self.matern(self.r2, variance, self.r, self.e, self.slope, self.k)
        K = self.K.ravel()
        K[self.above] = self.k
        K[:: n + 1] = variance + noise
        value, alpha, inverse, fit = self.factor(noise, mean)
        np.take(alpha, self.i, out=self.e)
        np.take(alpha, self.j, out=self.r)
        self.e *= self.r
        np.take(inverse.ravel(), self.above, out=self.r)
        self.e -= self.r
        self.e *= self.slope
        trace = alpha @ alpha - np.trace(inverse)
        return value, self.assemble((5.0 / 3.0) * (self.D @ self.e), noise, alpha, trace, fit)


class ProductLikelihood(Likelihood):
    """Nothing by dimension: sum over pairs of W(x - x')^2 = sum_i x_i^2 (row sums of W) - 2 x'Wx, with W above the diagonal alone."""

    def __init__(self, arrays, n, d):
        super().__init__(arrays, n, d)
        self.r2, self.r, self.e, self.slope = (np.empty((n, n)) for _ in range(4))
        self.above = np.triu(np.ones((n, n)), 1)

    def call(self):
        n = self.n
        variance, inverse_scales, noise, mean = self.parameters()
        Z = self.X * inverse_scales
        cdist(Z, Z, "sqeuclidean", out=self.r2)
        self.matern(self.r2, variance, self.r, self.e, self.slope, self.K)
        self.K.ravel()[:: n + 1] += noise
        value, alpha, inverse, fit = self.factor(noise, mean)
        W = np.multiply(alpha[:, None], alpha, out=self.e)
        W -= inverse
        trace = np.trace(W)
        W *= self.slope
        W *= self.above
        sums = W.sum(axis=0) + W.sum(axis=1)
        lengthscales = sums @ (Z * Z) - 2.0 * np.einsum("iq,iq->q", Z, W @ Z)
        return value, self.assemble((5.0 / 3.0) * lengthscales, noise, alpha, trace, fit)


class ScikitLikelihood:
    """GaussianProcessRegressor.log_marginal_likelihood; it has no mean, so y comes without it."""

    def __init__(self, arrays, n, d):
        X, theta = arrays["X"].reshape(n, d), arrays["theta"]
        kernel = ConstantKernel(1.0) * Matern(np.ones(d), nu=2.5) + WhiteKernel(1.0)
        self.process = GaussianProcessRegressor(kernel, alpha=0.0, optimizer=None)
        self.process.fit(X, arrays["y"] - theta[-1])
        self.theta = theta[:-1]

    def call(self):
        return self.process.log_marginal_likelihood(self.theta, eval_gradient=True, clone_kernel=False)

    def answer(self):
        value, gradient = self.call()
        return {"value": np.array([value]), "gradient": gradient}


class Posterior:
    """Mean and variance at many points, in blocks of columns that stay in the cache."""

    def __init__(self, arrays, n, d, m, block):
        theta = arrays["theta"]
        self.variance, inverse_scales = np.exp(theta[0]), np.exp(-theta[1 : 1 + d])
        self.mean = theta[2 + d]
        self.Z = arrays["X"].reshape(n, d) * inverse_scales
        self.inverse_scales = inverse_scales
        self.candidates = arrays["candidates"].reshape(m, d)
        K = np.empty((n, n))
        room = [np.empty((n, n)) for _ in range(4)]
        cdist(self.Z, self.Z, "sqeuclidean", out=room[0])
        Likelihood.matern(*room[:1], self.variance, *room[1:], K)
        K.ravel()[:: n + 1] += np.exp(theta[1 + d])
        self.L = np.asfortranarray(linalg.cholesky(K, lower=True))
        self.alpha = linalg.cho_solve((self.L, True), arrays["y"] - self.mean)
        self.block = block
        # By candidates: the transpose of a block is column-major, as LAPACK wants it.
        self.room = [np.empty((block, n)) for _ in range(5)]

    def project(self, cross):
        return linalg.solve_triangular(self.L, cross, lower=True, overwrite_b=True, check_finite=False)

    def call(self):
        m, block = len(self.candidates), self.block
        mean, variance = np.empty(m), np.empty(m)
        for begin in range(0, m, block):
            points = self.candidates[begin : begin + block] * self.inverse_scales
            count = len(points)
            r2, r, e, slope, k = (room[:count] for room in self.room)
            cdist(points, self.Z, "sqeuclidean", out=r2)
            Likelihood.matern(r2, self.variance, r, e, slope, k)
            np.matmul(k, self.alpha, out=mean[begin : begin + count])
            V = self.project(k.T).T
            variance[begin : begin + count] = self.variance - np.einsum("ij,ij->i", V, V)
        mean += self.mean
        return mean, variance

    def answer(self):
        mean, variance = self.call()
        return {"mean": mean, "variance": variance}


class InversePosterior(Posterior):
    """The same with the inverse of the factor, made once: products in place of substitutions, which OpenBLAS does at half the speed."""

    def __init__(self, arrays, **sizes):
        super().__init__(arrays, **sizes)
        self.inverse = np.asfortranarray(linalg.solve_triangular(self.L, np.eye(len(self.L)), lower=True))

    def project(self, cross):
        return dtrmm(1.0, self.inverse, cross, lower=1, overwrite_b=1)


CASES = {
    "cholesky": Cholesky,
    "likelihood-tensor": TensorLikelihood,
    "likelihood-condensed": CondensedLikelihood,
    "likelihood-products": ProductLikelihood,
    "likelihood-scikit": ScikitLikelihood,
    "posterior": Posterior,
    "posterior-inverse": InversePosterior,
}


def decode(arrays):
    return {name: np.frombuffer(base64.b64decode(text), dtype="<f8").copy() for name, text in arrays.items()}


def encode(arrays):
    return {
        name: base64.b64encode(np.ascontiguousarray(values, dtype="<f8").tobytes()).decode()
        for name, values in arrays.items()
    }


def versions():
    # NumPy and SciPy each bring one; factorisations are SciPy's.
    libraries = [info for info in threadpool_info() if info["user_api"] == "blas"]
    blas = next((info for info in libraries if "scipy.libs" in info["filepath"]), {})
    return {
        "Python": platform.python_version(),
        "NumPy": np.__version__,
        "SciPy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
        "OpenBLAS": f"{blas.get('version')} {blas.get('architecture')}, {blas.get('num_threads')} thread",
    }


def time_calls(prepared, calls):
    gc.disable()
    wall, cpu = time.perf_counter(), time.thread_time()
    for _ in range(calls):
        prepared.call()
    cpu, wall = time.thread_time() - cpu, time.perf_counter() - wall
    gc.enable()
    return {"cpu": cpu, "wall": wall}


def serve():
    prepared = {}
    for line in sys.stdin:
        request = json.loads(line)
        do, name = request["do"], request.get("id")
        if do == "versions":
            reply = {"versions": versions()}
        elif do == "prepare":
            prepared[name] = CASES[request["case"]](decode(request["arrays"]), **request["sizes"])
            reply = {"ready": name}
        elif do == "time":
            reply = time_calls(prepared[name], request["calls"])
        elif do == "answer":
            reply = {"arrays": encode(prepared[name].answer())}
        else:
            del prepared[name]
            reply = {"forgot": name}
        print(json.dumps(reply), flush=True)


serve()
