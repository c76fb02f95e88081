from __future__ import annotations

import math
import unittest

from ionloop import measure, measured


class MeasureTest(unittest.TestCase):
    def test_tells_a_disc_by_its_diameter(self) -> None:
        told = measure.impedance(2.6e3, 0.1, diameter_cm=1.0, conditions={"electrode": "Au"})
        self.assertEqual("ionic_conductivity", told["property"])
        self.assertAlmostEqual(math.pi / 4, told["impedance"]["areaCm2"], places=15)
        self.assertEqual({"electrode": "Au"}, told["conditions"])

    def test_tells_a_value_with_what_is_known_of_it(self) -> None:
        told = measure.conductivity(0.49, "mS/cm", uncertainty=0.02, suspect="the lid was open", force=True)
        self.assertEqual(
            {
                "property": "ionic_conductivity",
                "value": 0.49,
                "unit": "mS/cm",
                "uncertainty": 0.02,
                "suspect": "the lid was open",
                "force": True,
            },
            told,
        )

    def test_tells_several_temperatures_as_one_series(self) -> None:
        cold = measure.conductivity(1e-6, temperature_c=25.0)
        hot = measure.impedance(
            900.0, 0.1, area_cm2=0.785, temperature_c=100.0, frequency_hz=(1.0, 1e6), fit_model="R|C", residual=0.02
        )
        self.assertEqual(
            {
                "property": "ionic_conductivity",
                "series": [
                    {"temperatureC": 25.0, "value": 1e-6, "unit": "S/cm"},
                    {
                        "temperatureC": 100.0,
                        "impedance": {
                            "resistanceOhm": 900.0,
                            "thicknessCm": 0.1,
                            "areaCm2": 0.785,
                            "frequencyHz": {"min": 1.0, "max": 1e6},
                            "fitModel": "R|C",
                            "residual": 0.02,
                        },
                    },
                ],
            },
            measure.series([cold, hot]),
        )
        with self.assertRaisesRegex(ValueError, "has its temperature_c"):
            measure.series([measure.conductivity(1e-6)])

    def test_refuses_what_cannot_be_measured(self) -> None:
        refused = [
            (lambda: measure.conductivity(0.0), "value is 0.0"),
            (lambda: measure.conductivity(math.nan), "value is nan"),
            (lambda: measure.conductivity(1e-4, "S"), 'unit is "S"'),
            (lambda: measure.value("value", math.inf, ""), "value is inf"),
            (lambda: measure.value("value", 1.0, "", uncertainty=-1.0), "uncertainty is -1.0"),
            (lambda: measure.impedance(-5.0, 0.1, area_cm2=1.0), "resistance_ohm is -5.0"),
            (lambda: measure.impedance(5.0, 0.1), "either area_cm2 or diameter_cm"),
            (lambda: measure.impedance(5.0, 0.1, area_cm2=1.0, diameter_cm=1.0), "either area_cm2"),
            (lambda: measured(), "nothing was measured"),
        ]
        for attempt, words in refused:
            with self.subTest(words), self.assertRaisesRegex(ValueError, words.replace("(", r"\(")):
                attempt()


if __name__ == "__main__":
    unittest.main()
