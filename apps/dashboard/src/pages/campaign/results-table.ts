import type { Table } from '../../format/csv.js';
import { intervalOf, type Objective, withUnitLabel } from '../../format/objective.js';
import { tableWithPoints } from '../../format/point-cells.js';
import { endedAt, latestAttempt } from './experiment-views.js';
import type { Row } from './result-columns.js';

/** Experiments as a file: in full, each value of a point in a column of its own. */
export const resultsTable = (rows: readonly Row[], objective: Objective): Table =>
  tableWithPoints(
    rows,
    [['experiment', ({ number }) => number]],
    [
      [withUnitLabel(objective.property, objective.unit), ({ value }) => value],
      ['predicted', ({ prediction }) => prediction && intervalOf(objective, prediction).middle],
      ['95 % from', ({ prediction }) => prediction && intervalOf(objective, prediction).low],
      ['95 % to', ({ prediction }) => prediction && intervalOf(objective, prediction).high],
      ['state', ({ state }) => state],
      ['note', ({ note }) => note],
      ['station', (row) => latestAttempt(row)?.station?.name ?? null],
      ['ended', endedAt],
    ],
  );
