import { invalidInput, IonloopError, outcomes } from '@ionloop/domain';
import type {
  Beat,
  PartialRequest,
  StartRequest,
  SubmitRequest,
  SubmittedArtifact,
  SubmittedImpedance,
  SubmittedMeasurement,
  SubmittedPoint,
  SubmittedValue,
} from '@ionloop/engine';
import type { IncomingHttpHeaders } from 'node:http';
import {
  booleanAt,
  type Fields,
  integerAt,
  jsonAt,
  jsonObjectAt,
  listAt,
  memberAt,
  numberAt,
  objectAt,
  sent,
  textAt,
} from '../http/read-body.js';
import type { RegisterRequest, WaitingClaim } from './lab-verbs.js';

const id = { max: 200 } as const;
const note = { max: 2000 } as const;

export function bootIn(headers: IncomingHttpHeaders): string {
  const boot = headers['ionloop-boot'];
  if (typeof boot === 'string' && boot !== '') return textAt(boot, 'Ionloop-Boot', id);
  throw invalidInput(
    'Ionloop-Boot',
    'the header Ionloop-Boot is missing: the id that the station drew at its start',
  );
}

/** A string of structured fields, `"…"`, or the same word without its quotes. */
export function keyIn(headers: IncomingHttpHeaders): string {
  const header = headers['idempotency-key'];
  if (typeof header !== 'string' || header.trim() === '') {
    throw new IonloopError(
      'IDEMPOTENCY_KEY_MISSING',
      'the header Idempotency-Key is missing: draw one for each request and keep it for its retries',
      'Idempotency-Key',
    );
  }
  const key = keyHeader.exec(header.trim());
  if (!key) {
    throw invalidInput(
      'Idempotency-Key',
      'Idempotency-Key must be one word of visible characters, or a text in double quotes, as in RFC 8941',
    );
  }
  return textAt(key[1]?.replaceAll(/\\(["\\])/g, '$1') ?? key[2], 'Idempotency-Key', id);
}

const keyHeader = /^(?:"((?:[ !#-[\]-~]|\\["\\])*)"|([!#-+\--:<-~]+))$/;

export function readRegister(body: unknown): RegisterRequest {
  const fields = objectAt(body, 'body', ['station', 'bootId', 'properties', 'limits', 'schemaVersion']);
  return {
    station: textAt(fields['station'], 'station', id),
    bootId: textAt(fields['bootId'], 'bootId', id),
    properties: listAt(fields['properties'], 'properties', 200, (value, field) => textAt(value, field, id)),
    ...sent(fields, 'limits', 'limits', jsonObjectAt),
    schemaVersion: integerAt(fields['schemaVersion'] ?? 1, 'schemaVersion'),
  };
}

export function readClaim(body: unknown, idempotencyKey: string): WaitingClaim {
  const fields = objectAt(body, 'body', ['max', 'wait']);
  return {
    idempotencyKey,
    max: integerAt(fields['max'] ?? 1, 'max'),
    wait: numberAt(fields['wait'] ?? 0, 'wait'),
  };
}

export function readStart(body: unknown, attemptId: string): StartRequest {
  const fields = objectAt(body, 'body', ['fence', 'specHash', 'deviceRunId']);
  return {
    attemptId,
    fence: integerAt(fields['fence'], 'fence'),
    specHash: textAt(fields['specHash'], 'specHash', id),
    ...sent(fields, 'deviceRunId', 'deviceRunId', (value, field) => textAt(value, field, id)),
  };
}

export function readBeats(body: unknown): readonly Beat[] {
  const fields = objectAt(body, 'body', ['attempts']);
  return listAt(fields['attempts'], 'attempts', 1000, (value, field) => {
    const beat = objectAt(value, field, ['attemptId', 'stage', 'progress']);
    return {
      attemptId: textAt(beat['attemptId'], `${field}.attemptId`, id),
      ...sent(beat, 'stage', `${field}.stage`, (stage, at) => textAt(stage, at, id)),
      ...sent(beat, 'progress', `${field}.progress`, numberAt),
    };
  });
}

export function readPartial(body: unknown, attemptId: string): PartialRequest {
  const fields = objectAt(body, 'body', ['seq', 'partial']);
  return { attemptId, seq: integerAt(fields['seq'], 'seq'), partial: jsonAt(fields['partial'], 'partial') };
}

export function readSubmit(body: unknown, attemptId: string, idempotencyKey: string): SubmitRequest {
  const fields = objectAt(body, 'body', [
    'fence',
    'outcome',
    'specHash',
    'note',
    'measurements',
    'artifacts',
  ]);
  return {
    attemptId,
    idempotencyKey,
    fence: integerAt(fields['fence'], 'fence'),
    outcome: memberAt(fields['outcome'], 'outcome', outcomes),
    ...sent(fields, 'specHash', 'specHash', (value, field) => textAt(value, field, id)),
    ...sent(fields, 'note', 'note', (value, field) => textAt(value, field, note)),
    measurements: listAt(fields['measurements'] ?? [], 'measurements', 1000, readMeasurement),
    ...sent(fields, 'artifacts', 'artifacts', (list, at) => listAt(list, at, 100, readArtifact)),
  };
}

function readArtifact(value: unknown, field: string): SubmittedArtifact {
  const fields = objectAt(value, field, ['sha256', 'name', 'mediaType', 'kind', 'measurement']);
  return {
    sha256: textAt(fields['sha256'], `${field}.sha256`, id),
    name: textAt(fields['name'], `${field}.name`, id),
    ...sent(fields, 'mediaType', `${field}.mediaType`, (text, at) => textAt(text, at, id)),
    ...sent(fields, 'kind', `${field}.kind`, (text, at) => textAt(text, at, { max: 80 })),
    ...sent(fields, 'measurement', `${field}.measurement`, integerAt),
  };
}

function readMeasurement(value: unknown, field: string): SubmittedMeasurement {
  const fields = objectAt(value, field, [
    'property',
    'value',
    'unit',
    'impedance',
    'temperatureC',
    'series',
    'uncertainty',
    'conditions',
    'suspect',
    'force',
  ]);
  const { force = false } = sent(fields, 'force', `${field}.force`, booleanAt);
  return {
    property: textAt(fields['property'], `${field}.property`, id),
    ...readValue(fields, field),
    ...sent(fields, 'temperatureC', `${field}.temperatureC`, numberAt),
    ...sent(fields, 'series', `${field}.series`, (list, at) => listAt(list, at, 1000, readPoint)),
    ...sent(fields, 'uncertainty', `${field}.uncertainty`, numberAt),
    ...sent(fields, 'conditions', `${field}.conditions`, jsonObjectAt),
    ...sent(fields, 'suspect', `${field}.suspect`, (text, at) => textAt(text, at, note)),
    ...(force && { force }),
  };
}

const readValue = (fields: Fields, field: string): SubmittedValue => ({
  ...sent(fields, 'value', `${field}.value`, numberAt),
  ...sent(fields, 'unit', `${field}.unit`, unitAt),
  ...sent(fields, 'impedance', `${field}.impedance`, readImpedance),
});

function readPoint(value: unknown, field: string): SubmittedPoint {
  const fields = objectAt(value, field, ['temperatureC', 'value', 'unit', 'impedance', 'force']);
  const { force = false } = sent(fields, 'force', `${field}.force`, booleanAt);
  return {
    temperatureC: numberAt(fields['temperatureC'], `${field}.temperatureC`),
    ...readValue(fields, field),
    ...(force && { force }),
  };
}

/** The empty text is a unit: that of a plain number. */
const unitAt = (value: unknown, field: string): string =>
  value === '' ? '' : textAt(value, field, { max: 40 });

function readImpedance(value: unknown, field: string): SubmittedImpedance {
  const fields = objectAt(value, field, [
    'resistanceOhm',
    'thicknessCm',
    'areaCm2',
    'frequencyHz',
    'fitModel',
    'residual',
  ]);
  return {
    resistanceOhm: numberAt(fields['resistanceOhm'], `${field}.resistanceOhm`),
    thicknessCm: numberAt(fields['thicknessCm'], `${field}.thicknessCm`),
    areaCm2: numberAt(fields['areaCm2'], `${field}.areaCm2`),
    ...sent(fields, 'frequencyHz', `${field}.frequencyHz`, readRange),
    ...sent(fields, 'fitModel', `${field}.fitModel`, (text, at) => textAt(text, at, id)),
    ...sent(fields, 'residual', `${field}.residual`, numberAt),
  };
}

function readRange(value: unknown, field: string): { readonly min: number; readonly max: number } {
  const fields = objectAt(value, field, ['min', 'max']);
  return { min: numberAt(fields['min'], `${field}.min`), max: numberAt(fields['max'], `${field}.max`) };
}
