import type { Point } from '@ionloop/domain';
import type { NumberedCandidate } from '@ionloop/engine';
import { fixed, flag, float, integer, json, key, table, text } from './columns.js';

export interface CandidateRow {
  analysisId: string;
  number: number;
  point: Point;
  mean: number;
  sd: number;
  score: number;
  feasible: number;
  tried: boolean;
}

export const candidateRow = table<CandidateRow>({
  name: 'candidate',
  columns: {
    analysisId: key('candidate', text('analysis_id')),
    number: key('candidate', integer()),
    point: fixed(json()),
    mean: fixed(float()),
    sd: fixed(float()),
    score: fixed(float()),
    feasible: fixed(float()),
    tried: fixed(flag()),
  },
  foreignKeys: [
    {
      name: 'candidate_analysis_fkey',
      target: 'analysis',
      columnNames: ['analysisId'],
      referencedColumnNames: ['id'],
    },
  ],
  indices: [
    { name: 'candidate_by_score', columns: ['analysisId', 'score', 'number'] },
    { name: 'candidate_by_mean', columns: ['analysisId', 'mean', 'number'] },
  ],
});

export const candidateFromRow = (row: CandidateRow): NumberedCandidate => ({
  number: row.number,
  point: row.point,
  mean: row.mean,
  sd: row.sd,
  score: row.score,
  feasible: row.feasible,
  tried: row.tried,
});
