/** A fitted regression and its members, which lean on the same rows: what it predicts, draws and is written down as. */
import {
  dot,
  matrix,
  requireCount,
  requireLength,
  selectRows,
  type Matrix,
  type Philox,
} from '@ionloop/linalg';
import type { Diagnostics, Json, LeftOut, Prediction, Surrogate, SurrogateJson } from '../contract.js';
import { requireInputs, type Standardisation } from '../data.js';
import {
  fieldsFrom,
  matrixFrom,
  matrixToJson,
  numberFrom,
  numbersFrom,
  numbersToJson,
  requireKind,
} from '../json.js';
import { leftOutFrom, leftOutToJson } from '../leftOut.js';
import { metricsOf } from '../metrics.js';
import { scaled, scalingFrom, scalingToJson, type Scaling } from '../scaling.js';
import { kernelMatrix, kernelSettingsFrom, type KernelSettings } from './kernel.js';

export const supportVectorKind = 'support-vector';
const version = 1;

export interface Member {
  /** (rows) */
  readonly beta: Float64Array;
  readonly intercept: number;
}

export interface Fitted {
  readonly settings: KernelSettings;
  readonly scaling: Scaling;
  readonly units: Standardisation;
  /** Scaled rows that any model leans on (s,d). */
  readonly rows: Matrix;
  readonly main: Member;
  readonly members: readonly Member[];
  readonly noiseVariance: number;
  readonly leftOut: LeftOut;
}

export class SupportVector implements Surrogate {
  readonly kind = supportVectorKind;
  readonly dimension: number;
  readonly sampleIsJoint = true;

  constructor(private readonly fitted: Fitted) {
    this.dimension = fitted.rows.cols;
  }

  predict(X: Matrix): Prediction {
    requireInputs(X, this.dimension);
    const mean = new Float64Array(X.rows);
    const variance = new Float64Array(X.rows);
    const { spread } = this.fitted.units;
    this.#atRows(X, (i, main, members) => {
      mean[i] = main;
      variance[i] = spread * spread * momentsOf(members).variance;
    });
    return { mean, variance };
  }

  /** Each draw is the mean and how far one member lies from the members' mean: a smooth function. */
  sample(X: Matrix, count: number, rng: Philox): Matrix {
    requireInputs(X, this.dimension);
    requireCount('count', count);
    const { members, units } = this.fitted;
    const turns = Array.from({ length: count }, () => rng.integer(members.length));
    const draws = matrix(count, X.rows);
    this.#atRows(X, (i, main, values) => {
      const middle = momentsOf(values).mean;
      turns.forEach((b, k) => {
        draws.data[k * X.rows + i] = main + units.spread * (values[b]! - middle);
      });
    });
    return draws;
  }

  /** For each row of X the mean, in units of y, and what the members say, standardised. */
  #atRows(X: Matrix, use: (i: number, main: number, members: readonly number[]) => void): void {
    const { settings, scaling, units, rows, main, members } = this.fitted;
    const Z = scaled(X, scaling);
    const s = rows.rows;
    for (let i = 0; i < X.rows; i++) {
      const k = kernelMatrix(selectRows(Z, [i]), rows, settings).data;
      const value = ({ beta, intercept }: Member) => intercept + dot(beta, 0, k, 0, s);
      use(i, units.centre + units.spread * value(main), members.map(value));
    }
  }

  diagnostics(): Diagnostics {
    const { leftOut, noiseVariance } = this.fitted;
    return {
      kind: supportVectorKind,
      n: leftOut.actual.length,
      noiseVariance,
      leftOut,
      metrics: metricsOf(leftOut),
    };
  }

  toJSON(): SurrogateJson {
    const { settings, scaling, units, rows, main, members, noiseVariance, leftOut } = this.fitted;
    return {
      kind: supportVectorKind,
      version,
      kernel: { ...settings },
      scaling: scalingToJson(scaling),
      units: { ...units },
      rows: matrixToJson(rows),
      main: memberToJson(main),
      members: members.map(memberToJson),
      noiseVariance,
      leftOut: leftOutToJson(leftOut),
    };
  }
}

export function momentsOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    mean,
    variance: values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length,
  };
}

export function supportVectorFrom(json: SurrogateJson): Surrogate {
  requireKind(json, supportVectorKind, version);
  const rows = matrixFrom('json.rows', json['rows']);
  const units = fieldsFrom('json.units', json['units']);
  const members = Array.isArray(json['members']) ? (json['members'] as readonly Json[]) : [];
  requireCount('json.members.length', members.length, 2);
  return new SupportVector({
    settings: kernelSettingsFrom('json.kernel', json['kernel']),
    scaling: scalingFrom('json.scaling', json['scaling'], rows.cols),
    units: {
      centre: numberFrom('json.units.centre', units['centre']),
      spread: numberFrom('json.units.spread', units['spread']),
    },
    rows,
    main: memberFrom('json.main', json['main'], rows.rows),
    members: members.map((member, b) => memberFrom(`json.members[${b}]`, member, rows.rows)),
    noiseVariance: numberFrom('json.noiseVariance', json['noiseVariance']),
    leftOut: leftOutFrom('json.leftOut', json['leftOut']),
  });
}

function memberToJson({ beta, intercept }: Member): Json {
  return { beta: numbersToJson(beta), intercept };
}

function memberFrom(name: string, json: Json | undefined, s: number): Member {
  const fields = fieldsFrom(name, json);
  const beta = numbersFrom(`${name}.beta`, fields['beta']);
  requireLength(`${name}.beta`, beta, s);
  return { beta, intercept: numberFrom(`${name}.intercept`, fields['intercept']) };
}
