"""PHYSBO: its policy over a discrete space with expected improvement, hyperparameters learned anew at every suggestion, exact processes. It takes the first of
equals, and with few results most are equal: it sees the rows in an order drawn by the seed.
"""

import contextlib
import os

import numpy as np
import physbo

from contest import encoded, serve


class PhysboEi:
    def __init__(self, columns, seed):
        X = physbo.misc.centering(encoded(columns))
        self.rows = np.random.default_rng(seed).permutation(len(X))
        self.places = np.argsort(self.rows)
        self.X = X[self.rows]
        self.seed = seed

    def suggest(self, seen, values, count):
        policy = physbo.search.discrete.Policy(test_X=self.X, initial_data=(self.places[seen], np.array(values)))
        policy.set_seed(self.seed * 1000 + len(seen))
        with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
            found = policy.bayes_search(
                max_num_probes=1, num_search_each_probe=count, simulator=None, score="EI", interval=1, num_rand_basis=0, is_disp=False
            )
        return [int(self.rows[place]) for place in found]


serve(PhysboEi, ["physbo", "numpy"])
