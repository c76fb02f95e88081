/**
 * A sintered pellet as a lattice of 10 × 10 × 10 cells that are grain, boundary or pore, and the current through it by Kirchhoff's laws. What the furnace does decides the cells:
 * density grows with temperature, time and pressure, which also cracks; grains grow too, but hot and long firing loses lithium; a dopant conducts best at about 0.3, and more of it segregates to boundaries.
 * As a program it is a station's instrument: the spec on standard input, a measurement on standard output.
 *   ionloop station --url … --station furnace-sim --run "node examples/14-simulator-station/simulator.mjs"
 */
import { boltzmannEvPerK } from '@ionloop/chemistry';
import { exp, log, Philox } from '@ionloop/linalg';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const side = 10;
const plane = side * side;
const cells = plane * side;

/** σ in S/cm of the pellet that these settings make; another seed is another pellet. */
export function simulate({ dopant, temperature, time, pressure }, seed = '') {
  const kelvin = temperature + 273.15;
  const work =
    4.3e7 * exp(-2.1 / (boltzmannEvPerK * kelvin)) * exp(0.45 * log(time) + 0.35 * log(pressure / 150));
  const density = 0.6 + 0.39 * (1 - exp(-work));
  const lost = 1 - exp(-3e8 * exp(-2.9 / (boltzmannEvPerK * kelvin)) * time);
  const carriers = exp(-(((dopant - 0.3) / 0.09) ** 2)) * (1 - lost) ** 2;
  // Hard pressing cracks.
  const cracks = exp(-((log(pressure / 160) / 1.1) ** 2));
  const grain = 2e-3 * carriers + 1e-7;
  const boundary = grain * 0.2 * cracks * exp(-6 * Math.max(0, dopant - 0.28) - 1.5 * lost);
  const share = 0.45 / (1 + 1.6 * work);
  return conductivityOf(
    cellsOf(
      { density, share, grain, boundary },
      Philox.fromSeed(`pellet ${seed} ${dopant} ${temperature} ${time} ${pressure}`),
    ),
  );
}

function cellsOf({ density, share, grain, boundary }, rng) {
  return Float64Array.from({ length: cells }, () => {
    const u = rng.uniform();
    if (u > density) return grain * 1e-5;
    return u < density * share ? boundary : grain;
  });
}

/** Current between the faces z = 0 and z = side at a unit of field, by conjugate gradients on the potentials. */
function conductivityOf(sigma) {
  const bond = (i, j) => (2 * sigma[i] * sigma[j]) / (sigma[i] + sigma[j]);
  const scale = sigma.reduce((sum, value) => sum + value, 0) / cells;
  const neighbours = Array.from({ length: cells }, (_, i) => {
    const [x, y, z] = [i % side, Math.floor(i / side) % side, Math.floor(i / plane)];
    // Sides are joined, so that there is no edge.
    const around = [z * plane + y * side + ((x + 1) % side), z * plane + ((y + 1) % side) * side + x];
    return z + 1 < side ? [...around, i + plane] : around;
  });
  const times = (v) => {
    const out = new Float64Array(cells);
    for (let i = 0; i < cells; i++) {
      for (const j of neighbours[i]) {
        const flow = (bond(i, j) / scale) * (v[i] - v[j]);
        out[i] += flow;
        out[j] -= flow;
      }
      if (i < plane || i >= cells - plane) out[i] += (2 * sigma[i] * v[i]) / scale;
    }
    return out;
  };
  const source = Float64Array.from({ length: cells }, (_, i) => (i < plane ? (2 * sigma[i]) / scale : 0));
  const potential = solve(times, source);
  let current = 0;
  for (let i = 0; i < plane; i++) current += 2 * sigma[i] * (1 - potential[i]);
  return (current / plane) * side;
}

function solve(times, source) {
  const x = new Float64Array(source.length);
  const residual = source.slice();
  let direction = residual.slice();
  let square = residual.reduce((sum, value) => sum + value * value, 0);
  const enough = 1e-12 * square;
  for (let step = 0; step < 2000 && square > enough; step++) {
    const image = times(direction);
    const along = square / direction.reduce((sum, value, i) => sum + value * image[i], 0);
    for (let i = 0; i < x.length; i++) {
      x[i] += along * direction[i];
      residual[i] -= along * image[i];
    }
    const next = residual.reduce((sum, value) => sum + value * value, 0);
    direction = direction.map((value, i) => residual[i] + (next / square) * value);
    square = next;
  }
  return x;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { point } = JSON.parse(readFileSync(0, 'utf8'));
  console.log(JSON.stringify({ property: 'ionic_conductivity', value: simulate(point), unit: 'S/cm' }));
}

export const log10 = (value) => log(value) / 2.302585092994046;
