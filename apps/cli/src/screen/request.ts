import { fromModelScale, FormulaError, parseFormula, toModelScale } from '@ionloop/chemistry';
import { IonloopError, type Objective, type Observation } from '@ionloop/domain';
import { parseFunnel, type ScreenRequest } from '@ionloop/planner';
import { openSpace, openStream, parseStreamSpec, type StreamSpec } from '@ionloop/space';
import { Failure } from '../failure.js';
import { columnIn, readCsv } from '../input/csv.js';
import { decimalNumber } from '../input/number.js';
import { readJson } from '../input/text-file.js';
import { readCampaign } from '../propose/campaign-file.js';
import { readResults } from '../propose/results-file.js';
import type { ScreenOptions } from './options.js';

/** What is screened for, and how a person reads it. */
export interface Wanted {
  readonly request: ScreenRequest;
  readonly property: string;
  readonly unit: string;
  /** From the models' scale to the property's. */
  readonly shown: (value: number) => number;
}

export async function readRequest(options: ScreenOptions): Promise<Wanted> {
  const { objective, space } = await readSpace(options);
  const { property, unit, transform, goal } = objective;
  const { labels, alpha, studentProperties } = options;
  const request: ScreenRequest = {
    goal,
    model: options.model,
    observations: readObservations(options.results, space, objective),
    failures: [],
    settings: {
      space,
      top: options.top,
      acquisition: options.acquisition,
      beta: options.beta,
      filters:
        options.funnel === undefined
          ? []
          : named(options.funnel, () => parseFunnel(readJson(options.funnel ?? ''))),
      student:
        options.teacherStudent === true
          ? { labels, alpha, ...(studentProperties && { properties: studentProperties }) }
          : null,
      range: options.range ?? null,
      seed: options.seed,
    },
  };
  return { request, property, unit, shown: (value) => fromModelScale(value, transform) };
}

async function readSpace(
  options: ScreenOptions,
): Promise<{ readonly objective: Objective; readonly space: StreamSpec }> {
  const { levels, mostComponents, campaign: campaignFile, space: spaceFile = '' } = options;
  const more = { ...(levels && { levels }), ...(mostComponents && { mostComponents }) };
  if (campaignFile !== undefined) {
    const { space, objectives } = await readCampaign(campaignFile);
    const [objective] = objectives;
    if (objective.goal === 'window') {
      throw new Failure(
        `${campaignFile}: a screen keeps the largest or the smallest, and ${objective.property} is wanted within a window`,
      );
    }
    return { objective, space: { ...space, ...more } };
  }
  const space = named(spaceFile, () => parseStreamSpec(readJson(spaceFile)));
  const objective: Objective = {
    property: options.target ?? '',
    goal: options.goal === 'min' ? 'minimise' : 'maximise',
    transform: options.log === true ? 'log10' : 'none',
    unit: '',
  };
  return { objective, space: 'template' in space ? space : { ...space, ...more } };
}

function readObservations(file: string, space: StreamSpec, objective: Objective): readonly Observation[] {
  if ('template' in space) return readFormulas(file, space, objective);
  return readResults(file, { space, objectives: [objective] }, openSpace({ parameters: space.parameters }));
}

/** Rows of the same formula, however it is written, are replicates. */
function readFormulas(
  file: string,
  space: StreamSpec,
  { property, transform }: Objective,
): readonly Observation[] {
  const table = readCsv(file);
  const [formulaAt, valueAt] = [columnIn(table, 'formula'), columnIn(table, property)];
  openStream(space);
  const found = new Map<string, { readonly formula: string; readonly values: number[] }>();
  for (const { line, cells } of table.rows) {
    const where = `${file}, line ${line}`;
    const formula = cells[formulaAt] ?? '';
    const value = decimalNumber(cells[valueAt] ?? '');
    if (value === undefined) throw new Failure(`${where}: "${property}" is not a number`);
    if (transform === 'log10' && value <= 0) throw new Failure(`${where}: ${value} has no logarithm`);
    const key = keyOf(formula, where);
    const entry = found.get(key) ?? { formula, values: [] };
    entry.values.push(toModelScale(value, transform));
    found.set(key, entry);
  }
  return [...found.values()].map(({ formula, values }) => ({
    point: { formula },
    values: [values.reduce((sum, value) => sum + value, 0) / values.length],
  }));
}

function keyOf(formula: string, where: string): string {
  try {
    return parseFormula(formula)
      .map(({ element, amount }) => `${element}${amount}`)
      .sort()
      .join(' ');
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    throw new Failure(`${where}: ${error.message}`);
  }
}

function named<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof IonloopError)) throw error;
    throw new Failure(`${file}: ${error.message}`);
  }
}
