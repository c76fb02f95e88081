/**
 * Several models as one, a mixture whose weights are earned: those under which what the members say of rows that they have not seen is most likely together.
 * A member that cannot be fitted is left out, with the reason.
 */
import { InvalidArgumentError, requireCount, type Matrix, type Philox } from '@ionloop/linalg';
import { calibrationGate, type GateThresholds } from '../calibration/gate.js';
import { isRecalibrated, readRecalibrated, recalibratedBy } from '../calibration/recalibrated.js';
import type {
  Diagnostics,
  Json,
  LeftOut,
  Prediction,
  Surrogate,
  SurrogateFactory,
  SurrogateJson,
  TrainingData,
} from '../contract.js';
import { ownData, requireInputs } from '../data.js';
import { onRowsThatCount } from '../ignoredRows.js';
import { fieldsFrom, numberFrom, requireKind } from '../json.js';
import { leftOutFrom, leftOutToJson } from '../leftOut.js';
import { metricsOf } from '../metrics.js';
import { drawByTurns, leftOutOfAll, predictMixed, sharedImportances, type Part } from '../mixture/mixture.js';
import { requireOneOf } from '../options.js';
import { foldsFor, leftOutBy, leftOutWays, type LeftOutWay } from '../selection/leftOutBy.js';
import { sharedCapabilities } from '../sharedCapabilities.js';
import { logDensities, stackingWeights } from './weights.js';

export interface StackMember {
  readonly name: string;
  readonly factory: SurrogateFactory;
}

export interface StackOptions {
  /** At least one, of different names. */
  readonly members: readonly StackMember[];
  /** Where the members' left-out predictions come from; 'folds' where it is left out. */
  readonly leftOut?: LeftOutWay;
  /** 5 where it is left out. */
  readonly folds?: number;
  /** Members that fail this gate are recalibrated by a scale before they are weighed; none is where it is left out. */
  readonly gate?: GateThresholds;
  /** How a member is read back from JSON; by the factory of its name where it is left out. */
  readonly read?: (json: SurrogateJson) => Surrogate;
}

/** What a member earned. */
export interface Earned {
  readonly name: string;
  /** 0 … 1, of sum 1. */
  readonly weight: number;
  /** Why it takes no part, where it could not. */
  readonly reason?: string;
  /** What the gate found wrong with it before it was recalibrated. */
  readonly recalibrated?: readonly string[];
}

export interface StackSurrogate extends Surrogate {
  readonly weights: readonly Earned[];
}

export interface StackFactory extends SurrogateFactory {
  fit(...given: Parameters<SurrogateFactory['fit']>): StackSurrogate;
  fromJSON(json: SurrogateJson): StackSurrogate;
}

const kind = 'stack';
const version = 1;

/** Takes what all of its members take. */
export function stack(options: StackOptions): StackFactory {
  const { members, leftOut = 'folds', folds = 5 } = options;
  requireMembers(members);
  requireOneOf('options.leftOut', leftOut, leftOutWays);
  requireCount('options.folds', folds, 2);
  const capabilities = sharedCapabilities(members.map(({ factory }) => factory));
  const read = (name: string, json: SurrogateJson): Surrogate =>
    options.read?.(json) ?? readMember(factoryOf(members, name), json);
  return {
    kind,
    capabilities,
    fit: (data, rng) =>
      onRowsThatCount(ownData(data, capabilities), (counting) => {
        const fitted = fitMembers(members, counting, leftOut === 'folds' ? folds : null, options.gate, rng);
        const { parts, weights } = weighed(fitted);
        const mixture = leftOutOfAll(parts);
        return {
          leftOut: mixture,
          noiseVariance: noiseOf(parts),
          model: (all) => new Stack(parts, weights, all),
        };
      }),
    fromJSON(json) {
      requireKind(json, kind, version);
      return new Stack(
        listFrom('json.members', json['members']).map((part, i) =>
          partFrom(`json.members[${i}]`, part, read),
        ),
        listFrom('json.weights', json['weights']).map((one, i) => earnedFrom(`json.weights[${i}]`, one)),
        leftOutFrom('json.leftOut', json['leftOut']),
      );
    },
  };
}

function requireMembers(members: readonly StackMember[]): void {
  requireCount('options.members.length', members.length, 1);
  const names = members.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new InvalidArgumentError('options.members', `must have different names; "${twice}" comes twice`);
}

function factoryOf(members: readonly StackMember[], name: string): SurrogateFactory {
  const found = members.find((member) => member.name === name);
  if (found === undefined)
    throw new InvalidArgumentError('json.members', `must not hold a member "${name}" here`);
  return found.factory;
}

function readMember(factory: SurrogateFactory, json: SurrogateJson): Surrogate {
  const read = (inner: SurrogateJson) => factory.fromJSON(inner);
  return isRecalibrated(json) && factory.kind !== json.kind ? readRecalibrated(json, read) : read(json);
}

interface Fitted {
  readonly name: string;
  readonly model: Surrogate;
  readonly leftOut: LeftOut;
  readonly recalibrated?: readonly string[];
}

interface Failed {
  readonly name: string;
  readonly error: Error;
}

/** All members are held against the same folds. */
function fitMembers(
  members: readonly StackMember[],
  data: TrainingData,
  k: number | null,
  gate: GateThresholds | undefined,
  rng: Philox,
): readonly (Fitted | Failed)[] {
  const folds = k === null ? null : foldsFor(data, k, rng.split('folds'));
  return members.map(({ name, factory }) => {
    const stream = rng.split(`member ${name}`);
    try {
      const model = factory.fit(data, stream.split('fit'));
      const left = leftOutBy(factory, model, data, folds, stream.split('left out'));
      return throughGate({ name, model, leftOut: left }, gate);
    } catch (error) {
      return { name, error: error instanceof Error ? error : new Error(String(error)) };
    }
  });
}

function throughGate(fitted: Fitted, gate: GateThresholds | undefined): Fitted {
  if (gate === undefined) return fitted;
  const { passed, reasons } = calibrationGate(fitted.leftOut, gate);
  if (passed) return fitted;
  const model = recalibratedBy(fitted.model, 'scale', fitted.leftOut);
  return { ...fitted, model, leftOut: model.diagnostics().leftOut, recalibrated: reasons };
}

interface NamedPart extends Part {
  readonly name: string;
  readonly leftOut: LeftOut;
}

function weighed(fitted: readonly (Fitted | Failed)[]): {
  readonly parts: readonly NamedPart[];
  readonly weights: readonly Earned[];
} {
  const able = fitted.filter((one) => 'model' in one);
  if (able.length === 0) throw fitted.find((one) => 'error' in one)!.error;
  const found = stackingWeights(able.map(({ leftOut }) => logDensities(leftOut)));
  const parts = able.map((one, at) => ({ ...one, weight: found[at]! })).filter(({ weight }) => weight > 0);
  return {
    parts,
    weights: fitted.map((one): Earned => {
      if ('error' in one) return { name: one.name, weight: 0, reason: one.error.message };
      const { name, recalibrated } = one;
      const weight = parts.find((part) => part.name === name)?.weight ?? 0;
      return { name, weight, ...(recalibrated && { recalibrated }) };
    }),
  };
}

function noiseOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { weight, model }) => sum + weight * (model.diagnostics().noiseVariance ?? 0), 0);
}

class Stack implements StackSurrogate {
  readonly kind = kind;
  readonly dimension: number;
  readonly sampleIsJoint: boolean;

  constructor(
    private readonly parts: readonly (Part & { readonly name: string })[],
    readonly weights: readonly Earned[],
    private readonly leftOut: LeftOut,
  ) {
    this.dimension = parts[0]!.model.dimension;
    this.sampleIsJoint = parts.every(({ model }) => model.sampleIsJoint);
  }

  predict(X: Matrix): Prediction {
    requireInputs(X, this.dimension, true);
    return predictMixed(this.parts, X);
  }

  sample(X: Matrix, count: number, rng: Philox): Matrix {
    requireInputs(X, this.dimension, true);
    return drawByTurns(this.parts, X, count, rng);
  }

  diagnostics(): Diagnostics {
    const noiseVariance = noiseOf(this.parts);
    const importances = sharedImportances(
      this.parts.map(({ weight, model }) => ({ weight, ...model.diagnostics() })),
      this.dimension,
    );
    return {
      kind,
      n: this.leftOut.actual.length,
      ...(noiseVariance > 0 && { noiseVariance }),
      ...(importances && { importances }),
      leftOut: this.leftOut,
      metrics: metricsOf(this.leftOut),
    };
  }

  toJSON(): SurrogateJson {
    return {
      kind,
      version,
      members: this.parts.map(({ name, weight, model }) => ({ name, weight, model: model.toJSON() })),
      weights: this.weights.map((one): Json => ({ ...one })),
      leftOut: leftOutToJson(this.leftOut),
    };
  }
}

function listFrom(name: string, json: Json | undefined): readonly Json[] {
  if (!Array.isArray(json) || json.length === 0)
    throw new InvalidArgumentError(name, 'must be a list of at least one member');
  return json as readonly Json[];
}

function nameFrom(name: string, json: Json | undefined): string {
  if (typeof json !== 'string') throw new InvalidArgumentError(name, 'must be a text');
  return json;
}

function partFrom(name: string, json: Json, read: (member: string, json: SurrogateJson) => Surrogate) {
  const fields = fieldsFrom(name, json);
  const member = nameFrom(`${name}.name`, fields['name']);
  return {
    name: member,
    weight: numberFrom(`${name}.weight`, fields['weight']),
    model: read(member, fieldsFrom(`${name}.model`, fields['model']) as SurrogateJson),
  };
}

function earnedFrom(name: string, json: Json): Earned {
  const { name: member, weight, reason, recalibrated } = fieldsFrom(name, json);
  return {
    name: nameFrom(`${name}.name`, member),
    weight: numberFrom(`${name}.weight`, weight),
    ...(reason !== undefined && { reason: nameFrom(`${name}.reason`, reason) }),
    ...(Array.isArray(recalibrated) && {
      recalibrated: (recalibrated as readonly Json[]).map((one) => nameFrom(`${name}.recalibrated`, one)),
    }),
  };
}
