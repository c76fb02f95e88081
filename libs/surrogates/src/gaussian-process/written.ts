/** A model as JSON: version 1 had one part, version 2 has what is not plain only where there is any. */
import { InvalidArgumentError, requireLength } from '@ionloop/linalg';
import type { Json, Surrogate, SurrogateJson } from '../contract.js';
import { ownData, plainCapabilities, standardisation } from '../data.js';
import { fieldsFrom, matrixFrom, matrixToJson, numberFrom, numbersFrom, numbersToJson } from '../json.js';
import type { Sites } from './censoring.js';
import { inputMapFrom, plainInputs } from './inputMap.js';
import { kernelFrom, kernelToJson } from './kernels.js';
import { meanFrom, meanToJson } from './meanFunction.js';
import type { Description } from './model.js';
import { readVersionOne } from './versionOne.js';

export const kind = 'gaussian-process';
export const version = 2;

export function written(description: Description): SurrogateJson {
  const { kernel, theta, draws, data, inputs, mean, units, sites, appended } = description;
  const { X, y, noise } = data;
  const map = inputs.toJSON();
  return {
    kind,
    version,
    kernel: kernelToJson(kernel),
    X: matrixToJson(X),
    y: numbersToJson(y),
    noise: noise === undefined ? null : numbersToJson(noise),
    theta: thetaToJson(theta),
    units: { ...units },
    appended,
    ...(draws && { draws: draws.map(thetaToJson) }),
    ...(map !== null && { inputs: map }),
    ...(mean && { mean: meanToJson(mean) }),
    ...(sites && { sites: sitesToJson(sites) }),
  };
}

/** `readMean` reads the mean function of a model that has one. */
export function descriptionFrom(
  json: SurrogateJson,
  readMean: ((json: SurrogateJson) => Surrogate) | undefined,
): Description {
  const X = matrixFrom('json.X', json['X']);
  const y = numbersFrom('json.y', json['y']);
  const noise = json['noise'] === null ? undefined : numbersFrom('json.noise', json['noise']);
  const sites = json['sites'] === undefined ? null : sitesFrom('json.sites', json['sites'], y.length);
  const censored = sites && Uint8Array.from(y, (_, i) => (sites.rows.includes(i) ? 1 : 0));
  const data = ownData(
    { X, y, ...(noise && { noise }), ...(censored && { censored }) },
    { ...plainCapabilities, noise: true, censored: true },
  );
  const inputs = inputMapFrom('json.inputs', json['inputs'], X.cols);
  const rest = { data, inputs, sites, draws: null, mean: null };
  if (json.version === 1)
    return {
      ...rest,
      ...readVersionOne(json, X.cols),
      inputs: plainInputs(X.cols),
      units: standardisation(y),
      appended: 0,
    };
  const units = fieldsFrom('json.units', json['units']);
  return {
    ...rest,
    kernel: kernelFrom('json.kernel', json['kernel'], inputs.sources.length),
    theta: numbersFrom('json.theta', json['theta']),
    draws: json['draws'] === undefined ? null : drawsFrom('json.draws', json['draws']),
    mean: json['mean'] === undefined ? null : meanFrom('json.mean', json['mean'], X.rows, readMean),
    units: {
      centre: numberFrom('json.units.centre', units['centre']),
      spread: numberFrom('json.units.spread', units['spread']),
    },
    appended: numberFrom('json.appended', json['appended']),
  };
}

function thetaToJson(theta: Float64Array): readonly number[] {
  return numbersToJson(theta.map((value) => value + 0));
}

function drawsFrom(name: string, json: Json): readonly Float64Array[] {
  if (!Array.isArray(json) || json.length === 0)
    throw new InvalidArgumentError(name, 'must be a list of at least one');
  return (json as readonly Json[]).map((one, k) => numbersFrom(`${name}[${k}]`, one));
}

function sitesToJson({ rows, bounds, response, variance }: Sites): Json {
  return {
    rows,
    bounds: thetaToJson(bounds),
    response: thetaToJson(response),
    variance: numbersToJson(variance),
  };
}

function sitesFrom(name: string, json: Json, n: number): Sites {
  const fields = fieldsFrom(name, json);
  const numbers = (field: string) => numbersFrom(`${name}.${field}`, fields[field]);
  const rows = Array.from(numbers('rows'));
  if (rows.some((at) => !Number.isSafeInteger(at) || at < 0 || at >= n))
    throw new InvalidArgumentError(`${name}.rows`, `must be rows 0 … ${n - 1}`);
  for (const field of ['bounds', 'response', 'variance'])
    requireLength(`${name}.${field}`, numbers(field), rows.length);
  return {
    rows,
    bounds: numbers('bounds'),
    response: numbers('response'),
    variance: numbers('variance'),
  };
}
