import type { AnalysisInput, AnalysisKind, AnalysisRequest, Json } from '@ionloop/domain';
import type { PlayedCampaign } from '../advice/rehearsed.js';
import { advice } from './advice.js';
import { benchedModels, benchModel, type Benched, type BenchTask } from './bench.js';
import { calibration } from './calibration.js';
import { CandidateList, type CandidateTask, countCandidates, type ScoredChunk } from './candidates.js';
import { dependence } from './dependence.js';
import { front } from './front.js';
import { importances } from './importances.js';
import {
  playRehearsal,
  rehearsalAnswer,
  type RehearsalAnswer,
  type RehearsalPlay,
  rehearsalPlays,
  type RehearsalTask,
} from './rehearsal.js';
import { relations } from './relations.js';
import { slice } from './slice.js';
import { whatIf } from './what-if.js';

/** Those that are one piece of work; the others come in parts. */
export type WholeKind = Exclude<AnalysisKind, 'candidates' | 'bench' | 'rehearsal' | 'verification'>;

export interface WholeTask {
  readonly request: Extract<AnalysisRequest, { readonly kind: WholeKind }>;
  readonly input: AnalysisInput;
}

/** Lists that this thread was sent, at work. */
const lists = new WeakMap<CandidateTask, CandidateList>();

/** What a compute thread can be asked about analyses. */
export const analysisTasks = {
  analyse: ({ request, input }: WholeTask): Json => answerTo(request, input) as Json,

  countCandidates: (task: CandidateTask) => countCandidates(task),

  scoreCandidates(
    { from, to }: { readonly from: number; readonly to: number },
    task: CandidateTask,
  ): ScoredChunk {
    let list = lists.get(task);
    if (list === undefined) {
      list = new CandidateList(task);
      lists.set(task, list);
    }
    return list.chunk(from, to);
  },

  benchedModels: ({ request }: BenchTask): readonly string[] => benchedModels(request),

  benchModel: ({ name }: { readonly name: string }, task: BenchTask): Benched => benchModel(name, task),

  rehearsalPlays: (task: RehearsalTask): readonly RehearsalPlay[] => rehearsalPlays(task),

  playRehearsal: (play: RehearsalPlay, task: RehearsalTask): PlayedCampaign => playRehearsal(play, task),

  rehearsalAnswer: (played: readonly PlayedCampaign[], task: RehearsalTask): RehearsalAnswer =>
    rehearsalAnswer(played, task),
};

export const tasks = analysisTasks;

function answerTo(request: WholeTask['request'], input: AnalysisInput): unknown {
  switch (request.kind) {
    case 'slice':
      return slice(request, input);
    case 'front':
      return front(request, input);
    case 'importances':
      return importances(request, input);
    case 'dependence':
      return dependence(request, input);
    case 'calibration':
      return calibration(input);
    case 'relations':
      return relations(request, input);
    case 'advice':
      return advice(request, input);
    case 'whatIf':
      return whatIf(request, input);
    default:
      return request satisfies never;
  }
}
