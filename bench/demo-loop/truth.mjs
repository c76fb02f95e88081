const boltzmannEvPerK = 8.617333262e-5;
const temperatureK = 573.15;

/**
 * Two conducting regions of the ternary and a poor background, as log10 of S/cm at 300 °C: the published optimum
 * (25 : 14 : 61, 4.9e-4 S/cm) is the narrower one, next to it lies a broad region that is a third as good and draws a
 * search away.
 */
export function analyticTruth({ composition }) {
  const hill = (centre, width) => {
    const squared = Object.entries(centre).reduce(
      (sum, [name, at]) => sum + (composition[name] - at) ** 2,
      0,
    );
    return Math.exp(-squared / (2 * width * width));
  };
  const activation =
    0.62 -
    0.175 * hill({ Li3PO4: 0.25, Li3BO3: 0.14, Li2SO4: 0.61 }, 0.11) -
    0.12 * hill({ Li3PO4: 0.5, Li3BO3: 0.42, Li2SO4: 0.08 }, 0.2);
  const prefactor = 0.695;
  return Math.log10(prefactor) - (activation - 0.445) / (boltzmannEvPerK * temperatureK) / Math.LN10 - 3.15;
}
