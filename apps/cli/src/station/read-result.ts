import type { ArtifactFile, Measurement, Outcome, Result, Spec } from '@ionloop/lab-client';
import { basename } from 'node:path';

const outcomes: readonly Outcome[] = ['measured', 'failed_sample', 'infeasible', 'instrument_fault'];

/**
 * What a program wrote: a list of measurements, one measurement, or `{outcome, note?, measurements?, artifacts?}`. A
 * measurement without a property is of the one that was asked for; its numbers are for the server to judge. An artifact
 * is a file that the program has left.
 */
export function readResult(text: string, spec: Spec): Result {
  const told = parse(text);
  if (Array.isArray(told)) return measured(told, spec);
  const fields = objectOf(told, 'what the program wrote');
  const { outcome, note, measurements = [], artifacts = [], ...rest } = fields;
  if (outcome === undefined) return measured([fields], spec);
  const known = outcomes.find((name) => name === outcome);
  if (known === undefined) {
    throw new Error(
      `the program wrote the outcome ${JSON.stringify(outcome)}; there are ${outcomes.join(', ')}`,
    );
  }
  const [stray] = Object.keys(rest);
  if (stray !== undefined) throw new Error(`the program wrote "${stray}" beside its outcome`);
  if (!Array.isArray(artifacts)) throw new Error('the artifacts that the program wrote are not a list');
  if (!Array.isArray(measurements)) throw new Error('the measurements that the program wrote are not a list');
  return {
    ...(known === 'measured'
      ? measured(measurements, spec)
      : { outcome: known, measurements: measurements.map((each) => measurementOf(each, spec)) }),
    ...(typeof note === 'string' ? { note: note.slice(0, 2000) } : {}),
    ...(artifacts.length === 0 ? {} : { artifacts: artifacts.map(artifactOf) }),
  };
}

function measured(list: readonly unknown[], spec: Spec): Result {
  if (list.length === 0) throw new Error('the program wrote no measurement');
  return { outcome: 'measured', measurements: list.map((each) => measurementOf(each, spec)) };
}

function measurementOf(value: unknown, spec: Spec): Measurement {
  const fields = objectOf(value, 'a measurement that the program wrote');
  if (!('value' in fields) && !('impedance' in fields)) {
    throw new Error('a measurement that the program wrote has neither value nor impedance');
  }
  return { property: spec.property, ...fields } as unknown as Measurement;
}

function artifactOf(value: unknown): ArtifactFile {
  const { path, name, mediaType, kind, measurement } = objectOf(value, 'an artifact that the program wrote');
  if (typeof path !== 'string' || path === '') {
    throw new Error('an artifact that the program wrote has no path to a file');
  }
  return {
    path,
    name: typeof name === 'string' && name.trim() !== '' ? name : basename(path),
    ...(typeof mediaType === 'string' ? { mediaType } : {}),
    ...(typeof kind === 'string' ? { kind } : {}),
    ...(typeof measurement === 'number' ? { measurement } : {}),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const shown = text.trim().slice(0, 200);
    throw new Error(
      shown === '' ? 'the program wrote nothing' : `the program did not write JSON, but: ${shown}`,
    );
  }
}

function objectOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${what} is not an object`);
  }
  return value as Readonly<Record<string, unknown>>;
}
