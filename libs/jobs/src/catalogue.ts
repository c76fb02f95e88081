import { PayloadInvalidError } from './errors.js';

export interface CampaignPayload {
  readonly campaignId: string;
}

export interface PosteriorRequest extends CampaignPayload {
  /** Points along each axis. */
  readonly resolution: number;
}

export interface ScreenPayload {
  readonly screenId: string;
  /** Left out for a look at the whole screen. */
  readonly chunk?: number;
}

export interface AnalysisPayload {
  readonly analysisId: string;
}

export interface ImportPayload {
  readonly importId: string;
}

export type NoPayload = Readonly<Record<string, never>>;

export interface Payloads {
  readonly reconcile: CampaignPayload;
  readonly sweep: NoPayload;
  readonly posterior: PosteriorRequest;
  readonly verify: CampaignPayload;
  readonly screen: ScreenPayload;
  readonly analysis: AnalysisPayload;
  readonly import: ImportPayload;
}

export type JobName = keyof Payloads;

/** Jobs that someone waits for. */
export type Question = 'posterior' | 'verify';

/** Answers to questions travel as JSON; what other handlers give back is not used. */
export type JobHandlers = {
  readonly [Name in JobName]: (payload: Payloads[Name]) => Promise<unknown>;
};

interface Entry<Payload> {
  /** Payloads come from a queue that anyone may have written to. */
  check(data: unknown): Payload;
  /** How often a failing job is run. A question fails at once: whoever asked decides whether to ask again. */
  readonly attempts: number;
}

/** Every job there is. Each has a queue of its own, so that a long one of a kind keeps no other kind waiting. */
export const catalogue: { readonly [Name in JobName]: Entry<Payloads[Name]> } = {
  reconcile: { check: (data) => ({ campaignId: idIn(data, 'campaignId') }), attempts: 3 },
  sweep: { check: () => ({}), attempts: 1 },
  posterior: {
    check: (data) => ({
      campaignId: idIn(data, 'campaignId'),
      resolution: countIn(data, 'resolution', 2, 1000),
    }),
    attempts: 1,
  },
  verify: { check: (data) => ({ campaignId: idIn(data, 'campaignId') }), attempts: 1 },
  screen: {
    check: (data) => ({
      screenId: idIn(data, 'screenId'),
      ...(fieldOf(data, 'chunk') === undefined ? {} : { chunk: countIn(data, 'chunk', 0, 2 ** 31 - 1) }),
    }),
    attempts: 3,
  },
  analysis: { check: (data) => ({ analysisId: idIn(data, 'analysisId') }), attempts: 1 },
  import: { check: (data) => ({ importId: idIn(data, 'importId') }), attempts: 1 },
};

export const jobNames: readonly JobName[] = [
  'reconcile',
  'sweep',
  'posterior',
  'verify',
  'screen',
  'analysis',
  'import',
];

function idIn(data: unknown, field: string): string {
  const value = fieldOf(data, field);
  if (typeof value === 'string' && value.length > 0 && value.length <= 200) return value;
  throw new PayloadInvalidError(field, 'a text of 1 to 200 characters');
}

function countIn(data: unknown, field: string, from: number, to: number): number {
  const value = fieldOf(data, field);
  if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value;
  throw new PayloadInvalidError(field, `a whole number from ${from} to ${to}`);
}

function fieldOf(data: unknown, field: string): unknown {
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[field] : undefined;
}
