import type { Parameter, Route } from '../http/route.js';
import {
  appendBody,
  appended,
  claimBody,
  claimed,
  heard,
  heartbeatBody,
  receipt,
  registerBody,
  registered,
  startBody,
  started,
  submitBody,
} from './requests.js';

const boot: Parameter = {
  name: 'Ionloop-Boot',
  about: 'The id that the station drew at its start. An older boot is told LEASE_LOST.',
  required: true,
  schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[!-~]([ -~]*[!-~])?$' },
  example: '4f0d3f0e-boot',
};

const key: Parameter = {
  name: 'Idempotency-Key',
  about:
    'Drawn for this request and kept for its retries: a structured-field string, with or without its double quotes. The first answer is given again to the same request; while that one is still being answered, 409 IDEMPOTENCY_KEY_IN_FLIGHT; 422 for another body.',
  required: true,
  schema: {
    type: 'string',
    minLength: 1,
    maxLength: 200,
    pattern: '^("[ !#-\\[\\]-~]*[!#-\\[\\]-~][ !#-\\[\\]-~]*"|[!#-+\\--:<-~]+)$',
  },
  example: 'a8f5c0de-claim-17',
};

const inAttempt = [
  {
    name: 'attemptId',
    about: 'As the claim gave it.',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
    example: '0199b9c1-attempt',
  },
];

const ofFirst = {
  attemptId: '$response.body#/assignments/0/attemptId',
  fence: '$response.body#/assignments/0/fence',
  specHash: '$response.body#/assignments/0/specHash',
};
const sameBoot = { 'header.Ionloop-Boot': '$request.header.Ionloop-Boot' };
const firstAttempt = { 'path.attemptId': ofFirst.attemptId, ...sameBoot };
const sameAttempt = { 'path.attemptId': '$request.path.attemptId', ...sameBoot };

const assigned = {
  attemptId: '0199b9c1-attempt',
  experimentId: '0199b9c0-experiment',
  experimentNumber: 7,
  campaignId: '0199b9bf-campaign',
  fence: 1,
  spec: {
    campaignId: '0199b9bf-campaign',
    experiment: 7,
    point: { composition: { Li3PO4: 0.25, Li3BO3: 0.14, Li2SO4: 0.61 } },
    label: 'Li3PO4 25 % · Li3BO3 14 % · Li2SO4 61 %',
    property: 'ionic_conductivity',
    unit: 'S/cm',
    temperatureC: 300,
  },
  specHash: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
  leaseSeconds: 60,
  heartbeatSeconds: 10,
};

const verb = { method: 'POST', tag: 'lab' } as const;
const keyed = ['IDEMPOTENCY_KEY_MISSING', 'IDEMPOTENCY_KEY_IN_FLIGHT', 'IDEMPOTENCY_KEY_REUSED'] as const;

export const labRoutes: readonly Route[] = [
  {
    ...verb,
    path: '/lab/v1/register',
    id: 'register',
    summary: 'Says that a station has started',
    about:
      'Ends what the boot before had claimed and not begun. Unknown members are refused by name; members of answers may grow, look past those that you do not know.',
    body: {
      json: registerBody,
      example: {
        station: 'furnace-1',
        bootId: '4f0d3f0e-boot',
        properties: ['ionic_conductivity'],
        limits: { maxConcurrent: 4, temperatureC: [20, 400] },
        schemaVersion: 1,
      },
    },
    answers: {
      200: { about: 'The station is known.', body: registered, example: { stationId: '0199b9be-station' } },
    },
    problems: ['UNSUPPORTED_SCHEMA'],
  },
  {
    ...verb,
    path: '/lab/v1/claim',
    id: 'claim',
    summary: 'Takes work',
    about:
      'Leases experiments that the station can make, and waits for some where it is asked to. A claim that found nothing leaves its key unused.',
    headers: [boot, key],
    body: { json: claimBody, example: { max: 1, wait: 20 } },
    answers: {
      200: {
        about: 'What was leased; empty where there is nothing to do.',
        body: claimed,
        example: { assignments: [assigned] },
        links: {
          StartIt: {
            operationId: 'start',
            parameters: firstAttempt,
            requestBody: { fence: ofFirst.fence, specHash: ofFirst.specHash },
          },
          BeatForIt: {
            operationId: 'heartbeat',
            parameters: sameBoot,
            requestBody: { attempts: [{ attemptId: ofFirst.attemptId }] },
          },
          AppendToIt: {
            operationId: 'append',
            parameters: firstAttempt,
            requestBody: { seq: 0, partial: { stage: 'begun' } },
          },
          SubmitIt: {
            operationId: 'submit',
            parameters: firstAttempt,
            requestBody: {
              fence: ofFirst.fence,
              outcome: 'measured',
              measurements: [{ property: 'ionic_conductivity', value: 1e-4, unit: 'S/cm' }],
            },
          },
        },
      },
    },
    problems: [...keyed, 'LEASE_LOST', 'INVALID_STATE'],
  },
  {
    ...verb,
    path: '/lab/v1/attempts/:attemptId/start',
    id: 'start',
    summary: 'Asks to begin; nothing moves before this is answered',
    about: 'Told twice it is one start.',
    inPath: inAttempt,
    headers: [boot],
    body: { json: startBody, example: { fence: 1, specHash: assigned.specHash, deviceRunId: 'run-0042' } },
    answers: {
      200: {
        about: 'Begin.',
        body: started,
        example: { attemptId: assigned.attemptId },
        links: {
          AppendToIt: {
            operationId: 'append',
            parameters: sameAttempt,
            requestBody: { seq: 1, partial: { stage: 'sintering' } },
          },
          SubmitIt: {
            operationId: 'submit',
            parameters: sameAttempt,
            requestBody: {
              fence: '$request.body#/fence',
              outcome: 'measured',
              measurements: [{ property: 'ionic_conductivity', value: 1e-4, unit: 'S/cm' }],
            },
          },
        },
      },
    },
    problems: ['NOT_FOUND', 'LEASE_LOST', 'SPEC_CHANGED', 'INVALID_STATE'],
  },
  {
    ...verb,
    path: '/lab/v1/heartbeat',
    id: 'heartbeat',
    summary: 'Says that the station lives, and asks whether to go on',
    headers: [boot],
    body: {
      json: heartbeatBody,
      example: { attempts: [{ attemptId: assigned.attemptId, stage: 'sintering', progress: 0.4 }] },
    },
    answers: {
      200: {
        about: 'A command for each attempt, in the order they were asked for.',
        body: heard,
        example: { answers: [{ attemptId: assigned.attemptId, command: 'continue' }] },
      },
    },
    problems: ['INVALID_STATE'],
  },
  {
    ...verb,
    path: '/lab/v1/attempts/:attemptId/partials',
    id: 'append',
    summary: 'Keeps a partial result',
    about: 'Once for each attempt and number, in any order.',
    inPath: inAttempt,
    headers: [boot],
    body: { json: appendBody, example: { seq: 0, partial: { furnaceC: 700 } } },
    answers: { 200: { about: 'It is kept.', body: appended, example: { stored: true } } },
    problems: ['NOT_FOUND', 'LEASE_LOST', 'INVALID_STATE'],
  },
  {
    ...verb,
    path: '/lab/v1/attempts/:attemptId/submit',
    id: 'submit',
    summary: 'Hands in what became of an attempt',
    about: 'Taken exactly once. What comes too late is kept, and changes nothing until a person decides.',
    inPath: inAttempt,
    headers: [boot, key],
    body: {
      json: submitBody,
      example: {
        fence: 1,
        outcome: 'measured',
        measurements: [
          {
            property: 'ionic_conductivity',
            impedance: { resistanceOhm: 200, thicknessCm: 0.1, areaCm2: 1 },
            temperatureC: 300,
            conditions: { electrode: 'Au' },
          },
        ],
      },
    },
    answers: {
      200: {
        about: 'It is stored.',
        body: receipt,
        example: {
          attemptId: assigned.attemptId,
          disposition: 'accepted',
          measurementIds: ['0199b9c2-measurement'],
        },
        links: { NextClaim: { operationId: 'claim', parameters: sameBoot } },
      },
    },
    problems: [
      ...keyed,
      'NOT_FOUND',
      'LEASE_LOST',
      'SPEC_CHANGED',
      'INVALID_STATE',
      'CONFLICT',
      'ARTIFACT_MISSING',
    ],
  },
];
