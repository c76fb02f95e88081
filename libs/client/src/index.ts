export { type RetryPolicy, usualRetries } from './backoff.js';
export { IonloopClient, type IonloopClientOptions } from './client.js';
export { Connection, type Page } from './connection.js';
export { newKey, type TypedDocument, type Variables } from './document.js';
export type * from './entities.js';
export {
  ClientError,
  type Fault,
  InputRefused,
  RequestRefused,
  TooManyRequests,
  Unavailable,
  type UserError,
} from './errors.js';
export type { FollowOptions } from './follow.js';
export * as documents from './generated/graphql.js';
export type { ListOptions } from './operator.js';
export {
  type Answered,
  type AnalysisKind,
  type AnalysisResult,
  AnalysisUnanswered,
  type CandidateListOptions,
  type ResultOf,
  type RunOptions,
} from './resources/analyses.js';
export type { EventOptions } from './resources/campaigns.js';
export type { ExperimentListOptions } from './resources/experiments.js';
export type { ExportFormat, HistoryOptions, HistoryReport } from './resources/files.js';
export type { TaskListOptions } from './resources/lab.js';
export type { WaitOptions } from './resources/screens.js';
export type { SocketOptions, WebSocketClass } from './socket.js';
export type { CallOptions, TransportOptions } from './transport.js';
