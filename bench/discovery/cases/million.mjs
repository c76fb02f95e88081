/** Wall seconds of one suggestion out of very many candidates, in a process of its own, so that whoever waits for it can stop: node million.mjs <candidates> <n> */
import { plan } from '@ionloop/planner';
import { names, problem, request } from '../speed-problem.mjs';
import { rowsSpace } from '../request.mjs';

const [candidates, n] = process.argv.slice(2).map(Number);
const points = problem(candidates, 'million');
const asked = request(points, rowsSpace(names, points.X), n);
const began = performance.now();
plan(asked);
console.log((performance.now() - began) / 1000);
