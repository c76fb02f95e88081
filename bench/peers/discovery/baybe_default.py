"""BayBE: a campaign over the rows as a discrete space, everything by default. Rows that agree in all inputs are one to it: it never asks for the second.
The space is put together by hand, and measurements are not checked against it: these checks take time quadratic in the rows, minutes for 2000.
"""

import pandas as pd
import torch
from baybe import Campaign
from baybe.objectives import SingleTargetObjective
from baybe.parameters import CategoricalParameter, NumericalDiscreteParameter
from baybe.searchspace import SearchSpace
from baybe.searchspace.discrete import SubspaceDiscrete
from baybe.settings import Settings
from baybe.targets import NumericalTarget

from contest import encoded, serve, untried

torch.set_num_threads(1)


class Default:
    def __init__(self, columns, seed):
        Settings(random_seed=seed).activate()
        kept = [column for column in columns if len(set(column["values"])) > 1]
        self.X = encoded(kept)
        self.rows = pd.DataFrame({f"x{i}": column["values"] for i, column in enumerate(kept)})
        parameters = [
            CategoricalParameter(f"x{i}", sorted(set(column["values"])))
            if column["kind"] == "category"
            else NumericalDiscreteParameter(f"x{i}", sorted(set(column["values"])))
            for i, column in enumerate(kept)
        ]
        space = SearchSpace(discrete=SubspaceDiscrete(parameters, self.rows.drop_duplicates()))
        self.campaign = Campaign(space, SingleTargetObjective(NumericalTarget("y")))
        self.told = 0

    def suggest(self, seen, values, count):
        new = self.rows.iloc[seen[self.told :]].assign(y=values[self.told :])
        self.campaign.add_measurements(
            new.reset_index(drop=True), numerical_measurements_must_be_within_tolerance=False
        )
        self.told = len(seen)
        asked = self.campaign.recommend(count)
        chosen = []
        for _, point in asked.iterrows():
            free = [row for row in untried(len(self.rows), seen + chosen) if (self.rows.iloc[row] == point[self.rows.columns]).all()]
            chosen.append(int(free[0]))
        return chosen


serve(Default, ["baybe", "botorch", "gpytorch", "torch"])
