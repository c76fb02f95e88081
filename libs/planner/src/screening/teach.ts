import { invalidInput } from '@ionloop/domain';
import { fromRows, matrix, type Matrix, type Philox, selectRows, topK } from '@ionloop/linalg';
import { openStream } from '@ionloop/space';
import { spearman } from '@ionloop/surrogates';
import { firstStream } from './chunk.js';
import { openFilters } from './filters.js';
import { fitPolynomial, OpenPolynomial, termCount } from './polynomial.js';
import type { ScreenPlan, Student } from './spec.js';
import { Teacher } from './teacher.js';

const { ceil, floor, max, round } = Math;

const heldOutShare = 0.3;
const topShare = 0.05;
const mostTerms = 500;
const triesEach = 200;

/**
 * Cubuk 2019: the teacher labels a sample of the stream, a student of cheap columns learns to score as it does. Degree
 * and penalty are chosen on a part of the training labels; agreement is measured on labels that had no part in either.
 */
export function teach(plan: Omit<ScreenPlan, 'student'>, rng: Philox): Student | null {
  const { student } = plan.settings;
  if (student === null) return null;
  const { X, y } = labels(plan, student.labels, rng.split('labels'));
  const training = y.length - round(heldOutShare * y.length);
  const inner = round(0.8 * training);
  let best = { error: Infinity, degree: 1, penalty: 1 };
  for (const degree of [1, 2, 3]) {
    if (degree > 1 && termCount(X.cols, degree) > Math.min(mostTerms, inner / 2)) continue;
    for (const penalty of [1e-8, 1e-5, 1e-3, 1e-1]) {
      const tried = fitPolynomial(rows(X, 0, inner), y.slice(0, inner), degree, penalty);
      const found = predicted(tried, rows(X, inner, training));
      const error = found.reduce((sum, value, i) => sum + (value - y[inner + i]!) ** 2, 0);
      if (error < best.error) best = { error, degree, penalty };
    }
  }
  const polynomial = fitPolynomial(rows(X, 0, training), y.slice(0, training), best.degree, best.penalty);
  const actual = y.slice(training);
  const seen = predicted(polynomial, rows(X, training, y.length));
  const among = max(1, round(topShare * actual.length));
  const teachersBest = topK(actual, among).indices;
  const students = new Set(topK(seen, ceil(student.alpha * among)).indices);
  return {
    ...polynomial,
    report: {
      degree: best.degree,
      labels: y.length,
      heldOut: actual.length,
      rankAgreement: spearman([...actual], [...seen]),
      recall: teachersBest.filter((i) => students.has(i)).length / teachersBest.length,
      among,
    },
  };
}

function labels(
  plan: Omit<ScreenPlan, 'student'>,
  count: number,
  rng: Philox,
): { readonly X: Matrix; readonly y: Float64Array } {
  const cheap = firstStream(plan.settings);
  const filters = openFilters(cheap, plan.settings.filters);
  const teacher = new Teacher(plan, openStream(plan.settings.space));
  const span = BigInt(plan.to) - BigInt(plan.from);
  const indices = new Set<bigint>();
  const cheapRows: number[][] = [];
  for (let tries = 0; tries < triesEach * count && indices.size < count; tries++) {
    const index = BigInt(plan.from) + drawBelow(span, rng);
    if (indices.has(index)) continue;
    for (const { X } of cheap.blocks(index, index + 1n, 1)) {
      if (X.rows === 1 && filters.every((filter) => filter.passes(X, 0))) {
        indices.add(index);
        cheapRows.push([...X.data]);
      }
    }
  }
  if (indices.size < fewestLabels) {
    throw invalidInput(
      'student.labels',
      `a student needs ${fewestLabels} labels, and only ${indices.size} candidates that pass the funnel were found; screen without one`,
    );
  }
  const points = [...indices].map((index) => teacher.stream.pointAt(index));
  return { X: fromRows(cheapRows), y: teacher.score(teacher.stream.encode(points)) };
}

export const fewestLabels = 40;

/** A whole number below `span`, of 64 random bits. */
function drawBelow(span: bigint, rng: Philox): bigint {
  const word = (): bigint => BigInt(floor(rng.uniform() * 4294967296));
  return (span * ((word() << 32n) | word())) >> 64n;
}

const rows = (X: Matrix, from: number, to: number): Matrix =>
  selectRows(
    X,
    Array.from({ length: to - from }, (_, i) => from + i),
  );

function predicted(polynomial: Omit<Student, 'report'>, X: Matrix): Float64Array {
  const scores = new Float64Array(X.rows);
  new OpenPolynomial(polynomial).score(matrix(X.rows, X.cols, X.data), scores);
  return scores;
}
