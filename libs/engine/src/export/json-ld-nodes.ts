import type {
  Attachment,
  Attempt,
  Campaign,
  Experiment,
  JsonObject,
  Measurement,
  ParameterSpec,
  PointValue,
} from '@ionloop/domain';
import type { ExperimentInFull } from './pages.js';
import { classes, classesOf, quantity } from './terms.js';

/** An absolute IRI for a row; ids and names may hold anything. */
export const idOf = (kind: string, id: string): string => `loop:${kind}/${encodeURIComponent(id)}`;

/** An experiment, its sample, and what was done to it and measured. */
export function experimentNodes(campaign: Campaign, one: ExperimentInFull): readonly JsonObject[] {
  const { experiment, attempts, measurements, attachments } = one;
  return [
    experimentNode(campaign, one),
    sample(campaign, experiment),
    ...people(experiment),
    ...attempts.flatMap((attempt) => [station(attempt), attemptNode(attempt)]),
    ...measurements.map((measurement) => measurementNode(measurement, attachments)),
    ...attachments.map(file),
  ];
}

function experimentNode(campaign: Campaign, { experiment }: ExperimentInFull): JsonObject {
  const { id, planId, prediction, approval, acquisition } = experiment;
  const [{ transform, unit }] = campaign.objectives;
  return {
    '@id': idOf('experiment', id),
    '@type': ['prov:Activity', classes.experiment],
    name: `Experiment ${experiment.number}`,
    identifier: id,
    created: experiment.createdAt,
    state: experiment.state,
    origin: experiment.origin,
    reason: experiment.reason,
    specHash: experiment.specHash,
    'schema:isPartOf': { '@id': idOf('campaign', campaign.id) },
    hasInput: idOf('sample', id),
    ...(planId !== null && { wasInformedBy: idOf('plan', planId) }),
    ...(prediction && {
      predictedMean: prediction.mean,
      predictedSd: prediction.sd,
      modelScale: transform === 'log10' ? `log10(${unit})` : unit,
    }),
    ...(acquisition && { 'loop:term/acquisition': acquisition.name }),
    ...(approval && { wasAssociatedWith: idOf('agent/person', approval.by) }),
    ...(experiment.note !== null && { note: experiment.note }),
  };
}

const sample = ({ space }: Campaign, { id, number, point }: Experiment): JsonObject => ({
  '@id': idOf('sample', id),
  '@type': ['prov:Entity', classes.material],
  name: `Sample ${number}`,
  ...constituents(space.parameters, point),
  hasProperty: space.parameters.flatMap((parameter) => {
    const value = point[parameter.name];
    return value === undefined || typeof value === 'object' ? [] : [setting(parameter, value)];
  }),
});

function constituents(parameters: readonly ParameterSpec[], point: Experiment['point']): JsonObject {
  const parts = parameters.flatMap(({ name }) => {
    const value = point[name];
    if (typeof value !== 'object') return [];
    return Object.entries(value).map(([component, fraction]) => ({
      '@type': classes.material,
      name: component,
      hasProperty: {
        '@type': classes.amountFraction,
        quantityValue: quantity(fraction, '1'),
      },
    }));
  });
  return parts.length === 0 ? {} : { hasConstituent: parts };
}

function setting(parameter: ParameterSpec, value: Exclude<PointValue, object>): JsonObject {
  const { name } = parameter;
  if (typeof value === 'string') return { '@type': 'schema:PropertyValue', name, textValue: value };
  const unit = 'unit' in parameter ? (parameter.unit ?? '') : '';
  return { '@type': ['schema:PropertyValue', 'qudt:Quantity'], name, quantityValue: quantity(value, unit) };
}

const people = ({ approval }: Experiment): readonly JsonObject[] =>
  approval === null
    ? []
    : [
        {
          '@id': idOf('agent/person', approval.by),
          '@type': ['prov:Agent', 'prov:Person'],
          name: approval.by,
        },
      ];

const station = ({ stationId }: Attempt): JsonObject => ({
  '@id': idOf('agent/station', stationId),
  '@type': 'prov:Agent',
  identifier: stationId,
});

const attemptNode = (attempt: Attempt): JsonObject => ({
  '@id': idOf('attempt', attempt.id),
  '@type': ['prov:Activity', classes.measurement],
  name: `Attempt ${attempt.fence}`,
  wasInformedBy: idOf('experiment', attempt.experimentId),
  wasAssociatedWith: idOf('agent/station', attempt.stationId),
  used: idOf('sample', attempt.experimentId),
  state: attempt.state,
  ...(attempt.startedAt !== null && { startedAtTime: attempt.startedAt }),
  ...(attempt.endedAt !== null && { endedAtTime: attempt.endedAt }),
  ...(attempt.outcome !== null && { outcome: attempt.outcome }),
  ...(attempt.deviceRunId !== null && { 'loop:term/deviceRun': attempt.deviceRunId }),
  ...(attempt.note !== null && { note: attempt.note }),
});

function measurementNode(measurement: Measurement, attachments: readonly Attachment[]): JsonObject {
  const { id, property, value, unit, uncertainty, attemptId, experimentId, flags } = measurement;
  const files = attachments.filter(({ measurementId }) => measurementId === id);
  const said = quantity(value, unit, uncertainty);
  return {
    '@id': idOf('measurement', id),
    '@type': ['prov:Entity', 'qudt:Quantity', ...classesOf(property)],
    name: property,
    created: measurement.createdAt,
    status: measurement.status,
    quantityValue: said,
    hasNumericalPart: { '@type': classes.realData, hasNumberValue: said['numericValue'] ?? value },
    wasGeneratedBy: attemptId === null ? idOf('experiment', experimentId) : idOf('attempt', attemptId),
    wasDerivedFrom: [idOf('sample', experimentId), ...files.map(({ sha256 }) => idOf('file', sha256))],
    conditions: measurement.conditions,
    asHandedIn: measurement.raw,
    ...(flags.length > 0 && { flag: [...flags] }),
    ...(measurement.note !== null && { note: measurement.note }),
  };
}

const file = ({ sha256, name, mediaType, bytes, attemptId }: Attachment): JsonObject => ({
  '@id': idOf('file', sha256),
  '@type': ['prov:Entity', 'schema:MediaObject'],
  name,
  sha256,
  encodingFormat: mediaType,
  contentSize: String(bytes),
  wasGeneratedBy: idOf('attempt', attemptId),
});
