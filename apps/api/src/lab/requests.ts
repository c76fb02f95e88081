import { outcomes } from '@ionloop/domain';
import { checkSchemaVersion } from '@ionloop/engine';
import { answer, mayMiss, object, preset } from '../http/object-schema.js';
import {
  boolean,
  describedAs,
  integer,
  json,
  jsonObject,
  type JsonSchema,
  list,
  named,
  number,
  oneOf,
  type Read,
  type Schema,
  text,
} from '../http/schema.js';

/** The bodies of the lab protocol, as they are read and as docs/openapi.json has them. */

export const id = (about: string, max = 200): Schema<string> => text({ max, about });

export const attemptId = id('As the claim gave it.');
const fence = integer({ min: 1, about: 'The number of the attempt, as the claim gave it.' });
const specHash = id('SHA-256 of the spec, as the claim gave it.');
const note = text({ max: 2000, about: 'In words, for people.' });

const range: JsonSchema = {
  type: 'array',
  items: { type: ['number', 'null'] },
  minItems: 2,
  maxItems: 2,
  description: 'From and to, both included; null where there is no bound.',
};
const names: JsonSchema = {
  type: 'array',
  items: { type: 'string', minLength: 1, maxLength: 200 },
  minItems: 1,
  maxItems: 1000,
};

/** Read on by the engine, member by member. */
const limits = describedAs(jsonObject(), (naming) =>
  naming('StationLimits', () => ({
    type: 'object',
    description:
      'What the station holds and what it can be set to; it is sent nothing else. What is left out is no limit.',
    properties: {
      maxConcurrent: {
        type: 'integer',
        minimum: 1,
        maximum: 10_000,
        description: 'Attempts in its hands at a time.',
      },
      batchSize: { type: 'integer', minimum: 1, maximum: 10_000, description: 'Experiments to a claim.' },
      temperatureC: { ...range, description: 'At which it can measure, from and to.' },
      components: { ...names, description: 'Components of mixtures that it has at hand.' },
      parameters: {
        type: 'object',
        additionalProperties: { anyOf: [range, names] },
        maxProperties: 200,
        description: 'By the parameter’s name: a range, or the choices that it knows.',
      },
      info: { type: 'object', description: 'Whatever else it says of itself; nothing is decided by it.' },
    },
    additionalProperties: false,
  })),
);

/** Whoever speaks another version learns that first, before any word of it is held against them. */
function versionFirst<T>(schema: Schema<T>): Schema<T> {
  return {
    describe: schema.describe,
    read: (sent, field) => {
      const { schemaVersion } = (sent ?? {}) as { readonly schemaVersion?: unknown };
      if (Number.isSafeInteger(schemaVersion)) checkSchemaVersion(schemaVersion as number);
      return schema.read(sent, field);
    },
  };
}

export const registerBody = named(
  'Register',
  versionFirst(
    object({
      station: id('The name that the token is bound to.', 120),
      bootId: id('Drawn anew at each start of the station.', 120),
      properties: list(id('A property that it can measure.', 80), { max: 200 }),
      limits: mayMiss(limits),
      schemaVersion: preset(
        integer({
          min: 0,
          max: 1_000_000,
          about: 'The version of the lab protocol that the station speaks.',
        }),
        1,
      ),
    }),
  ),
);

export const claimBody = named(
  'Claim',
  object({
    max: preset(integer({ min: 1, max: 32, about: 'Experiments at most, all of one campaign.' }), 1),
    wait: preset(number({ min: 0, max: 25, about: 'Seconds to wait for work where there is none.' }), 0),
  }),
);

export const startBody = named(
  'Start',
  object({ fence, specHash, deviceRunId: mayMiss(id('What the instrument calls this run.')) }),
);

export const beat = named(
  'Beat',
  object({
    attemptId,
    stage: mayMiss(id('What is being done.')),
    progress: mayMiss(number({ min: 0, max: 1 })),
  }),
);

export const heartbeatBody = named('Heartbeat', object({ attempts: list(beat, { max: 1000 }) }));

export const appendBody = named(
  'Append',
  object({
    seq: integer({ min: 0, about: 'Unique in the attempt; in any order.' }),
    partial: json({ about: 'Any JSON, at most 32 levels deep.' }),
  }),
);

export const impedance = named(
  'Impedance',
  object({
    resistanceOhm: number(),
    thicknessCm: number(),
    areaCm2: number(),
    frequencyHz: mayMiss(object({ min: number(), max: number() })),
    fitModel: mayMiss(id('The equivalent circuit, such as R(RQ)Q.')),
    residual: mayMiss(number({ about: 'How far the fitted circuit is from the spectrum, as a share.' })),
  }),
);

const value = mayMiss(number());
const unit = mayMiss(text({ max: 40, blank: true, about: 'Empty for a plain number.' }));
const force = mayMiss(boolean({ about: 'Keep a value outside the plausible range, flagged.' }));

/** Not to force is the same as to say nothing of it, however the request came. */
function unforced<T extends { readonly force?: boolean }>(schema: Schema<T>): Schema<T> {
  return {
    describe: schema.describe,
    read: (sent, field) => {
      const { force: forced, ...rest } = schema.read(sent, field);
      return (forced === true ? { ...rest, force: forced } : rest) as T;
    },
  };
}

export const point = named(
  'SeriesPoint',
  unforced(
    object({ temperatureC: number(), value, unit, impedance: mayMiss(impedance), force }, 'One temperature.'),
  ),
);

export const measurement = named(
  'Measurement',
  unforced(
    object(
      {
        property: id('One that the spec asks for.'),
        value,
        unit,
        impedance: mayMiss(impedance),
        temperatureC: mayMiss(number({ about: 'Of the sample.' })),
        series: mayMiss(list(point, { max: 1000, about: 'Conductivities at several temperatures.' })),
        uncertainty: mayMiss(number({ about: 'In the unit of the value.' })),
        conditions: mayMiss(jsonObject({ about: 'Kept with the measurement.' })),
        suspect: mayMiss(text({ max: 2000, about: 'Why the station itself doubts the value.' })),
        force,
      },
      'Either value and unit, or impedance, or series.',
    ),
  ),
);

const sha256 = text({ max: 64, pattern: '^[0-9a-f]{64}$', about: 'Of its bytes.' });

export const artifact = named(
  'NamedArtifact',
  object({
    sha256: mayBeWrong(sha256),
    name: id('Of the file.'),
    mediaType: mayMiss(id('That of the upload unless told.')),
    kind: mayMiss(id('What it is: impedance_spectrum is drawn, anything else is kept.', 80)),
    measurement: mayMiss(
      integer({ min: 0, about: 'Which measurement it belongs to, from 0; all unless told.' }),
    ),
  }),
);

/** The engine refuses it in its own words. */
function mayBeWrong(schema: Schema<string>): Schema<string> {
  return { read: text({ max: 200 }).read, describe: schema.describe };
}

export const submitBody = named(
  'Submit',
  object({
    fence,
    outcome: oneOf(outcomes),
    specHash: mayMiss(specHash),
    note: mayMiss(note),
    measurements: preset(list(measurement, { max: 1000 }), []),
    artifacts: mayMiss(list(artifact, { max: 100, about: 'Files uploaded before, by their hashes.' })),
  }),
);

export type RegisterRequest = Read<typeof registerBody>;
export type ClaimRequest = Read<typeof claimBody>;

export const registered = named('Registered', answer({ stationId: id('') }));

const pointValue: JsonSchema = {
  anyOf: [
    { type: 'number' },
    { type: 'string' },
    { type: 'object', additionalProperties: { type: 'number' } },
  ],
  description: 'A number for a continuous parameter, fractions for a mixture, a candidate’s id for a pool.',
};

export type PointValue = number | string | Readonly<Record<string, number>>;
const pointOfSpace = describedAs<Readonly<Record<string, PointValue>>>(jsonObject() as Schema<never>, () => ({
  type: 'object',
  additionalProperties: pointValue,
}));

const askedProperty = named(
  'AskedProperty',
  answer({
    property: id('What is to be measured.'),
    unit: text({ max: 40, blank: true }),
    temperatureC: mayMiss(number({ about: 'To measure at.' })),
  }),
);

export const spec = named(
  'Spec',
  answer({
    campaignId: id(''),
    experiment: integer({ min: 1 }),
    point: pointOfSpace,
    label: id('The point in words.', 20_000),
    property: id('What is to be measured.'),
    unit: text({ max: 40, blank: true }),
    temperatureC: mayMiss(number({ about: 'To measure at.' })),
    properties: mayMiss(
      list(askedProperty, {
        max: 12,
        about: 'Where more than one property is to be measured: all of them, the above first.',
      }),
    ),
  }),
);

const seconds = (about: string): Schema<number> => number({ min: 0, about });

export const assignment = named(
  'Assignment',
  answer({
    attemptId: id(''),
    experimentId: id(''),
    experimentNumber: integer({ min: 1 }),
    campaignId: id(''),
    fence,
    spec,
    specHash: id('SHA-256 of the spec.'),
    leaseSeconds: seconds('Until the work goes back to the queue, without a heartbeat or a start.'),
    heartbeatSeconds: seconds('A heartbeat at least this often.'),
  }),
);

export const claimed = named('Claimed', answer({ assignments: list(assignment, { max: 32 }) }));
export const started = named('Started', answer({ attemptId }));
export const commands = ['continue', 'pause', 'cancel', 'lease_lost'] as const;
export const beatAnswer = named('BeatAnswer', answer({ attemptId, command: oneOf(commands) }));
export const heard = named('Heard', answer({ answers: list(beatAnswer, { max: 1000 }) }));
export const appended = named(
  'Appended',
  answer({ stored: boolean({ about: 'False: the server had it already.' }) }),
);
export const dispositions = ['accepted', 'flagged', 'late', 'closed'] as const;
export const receipt = named(
  'Receipt',
  answer({
    attemptId,
    disposition: oneOf(dispositions, {
      about:
        'flagged: stored, waits for a person; late: stored, changes nothing until a person decides; closed: no value came',
    }),
    measurementIds: list(id(''), { max: 1000 }),
    notice: mayMiss(id('Where the campaign is not running any more.', 500)),
  }),
);
