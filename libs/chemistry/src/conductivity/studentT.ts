import { cos, normQuantile, sin } from '@ionloop/linalg';

const { sqrt, PI } = Math;
const largestSeries = 1000;

/**
 * The t with |T| ≤ t in `level` of all cases, for Student's T with a whole number of degrees of freedom and levels from 0 to 0.9999, to 1e-10 of t.
 * Abramowitz and Stegun 26.7.3 and 26.7.4 give the level for t = √ν·tan θ as a finite sum; Newton's method in θ turns it round. The level is concave in θ, so
 * that the steps from 0 come up to the answer without passing it. Above 1000 degrees it is 26.7.5.
 */
export function studentTwoSided(degrees: number, level: number): number {
  if (!(Number.isInteger(degrees) && degrees >= 1)) {
    throw new RangeError(`there are ${degrees} degrees of freedom; they must be a positive whole number`);
  }
  if (!(level >= 0 && level <= 0.9999)) {
    throw new RangeError(`the level is ${level}; it must be from 0 to 0.9999`);
  }
  if (degrees > largestSeries) return nearNormal(degrees, normQuantile(0.5 + level / 2));
  let angle = 0;
  for (let step = 0; step < 100; step += 1) {
    const { within, slope } = levelAt(angle, degrees);
    const change = (level - within) / slope;
    angle += change;
    if (!(change > 1e-16 * angle)) break;
  }
  return (sqrt(degrees) * sin(angle)) / cos(angle);
}

/** The level at t = √ν·tan θ, and how fast it grows with θ. */
function levelAt(angle: number, degrees: number): { readonly within: number; readonly slope: number } {
  const c = cos(angle);
  const odd = degrees % 2 === 1;
  // ν odd: (2/π)(θ + sin θ·(cos θ + ⅔cos³θ + …)); ν even: sin θ·(1 + ½cos²θ + …); the slope is C·cos^(ν−1) θ.
  let term = odd ? c : 1;
  let sum = 0;
  let slope = odd ? 2 / PI : c;
  for (let k = odd ? 3 : 2; k <= degrees; k += 2) {
    sum += term;
    term *= ((k - 1) / k) * c * c;
    if (k > 2) slope *= ((k - 1) / (k - 2)) * c * c;
  }
  const within = odd ? (2 / PI) * (angle + sin(angle) * sum) : sin(angle) * sum;
  return { within, slope };
}

function nearNormal(degrees: number, z: number): number {
  const z2 = z * z;
  const terms = [
    (z2 + 1) / 4,
    ((5 * z2 + 16) * z2 + 3) / 96,
    (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384,
    ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160,
  ];
  return z * (1 + terms.reduceRight((sum, term) => (sum + term) / degrees, 0));
}
