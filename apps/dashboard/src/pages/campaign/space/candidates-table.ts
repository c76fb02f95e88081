import type { Table } from '../../../format/csv.js';
import { intervalOf, type Objective, withUnitLabel } from '../../../format/objective.js';
import { tableWithPoints } from '../../../format/point-cells.js';
import type { Acquisition } from './acquisition.js';
import type { CandidateRow } from './candidate-columns.js';

/** Candidates as a file: what is believed of each in the property's unit, in full. */
export const candidatesTable = (
  rows: readonly CandidateRow[],
  objective: Objective,
  { label }: Acquisition,
): Table =>
  tableWithPoints(
    rows,
    [['candidate', ({ number }) => number]],
    [
      [withUnitLabel(objective.property, objective.unit), (row) => intervalOf(objective, row).middle],
      ['95 % from', (row) => intervalOf(objective, row).low],
      ['95 % to', (row) => intervalOf(objective, row).high],
      [label, ({ score }) => score],
      ['feasible', ({ feasible }) => feasible],
      ['tried', ({ tried }) => (tried ? 'yes' : 'no')],
    ],
  );
