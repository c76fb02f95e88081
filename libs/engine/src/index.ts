export * from './access/buckets.js';
export * from './access/scope.js';
export { ScopedStore } from './access/scoped-store.js';
export { pauseStation } from './access/stations.js';
export * from './access/tokens.js';
export * from './access/workspaces.js';
export * from './analyses/analysis.js';
export * from './analyses/requests.js';
export * from './analyses/use-cases.js';
export { gunzipped, gzipped } from './archive/gzip.js';
export { linesOf } from './archive/lines.js';
export { type ArchiveEntry, readTar, writeTar } from './archive/tar.js';
export * from './artifacts/ports.js';
export { InMemoryArtifactFiles } from './artifacts/in-memory-files.js';
export * from './artifacts/spectrum.js';
export * from './artifacts/upload.js';
export * from './campaigns/ask.js';
export * from './campaigns/templates.js';
export { type CampaignUpdate, updateCampaign } from './campaigns/update.js';
export * from './campaigns/use-cases.js';
export * from './deps.js';
export * from './describe-event.js';
export * from './experiments/decisions.js';
export * from './experiments/add.js';
export * from './experiments/by-hand.js';
export * from './experiments/reorder.js';
export * from './experiments/undo.js';
export { exportBundle, type BundleManifest } from './export/bundle.js';
export { exportCsv } from './export/csv.js';
export { type Attribution, exportJsonLd } from './export/json-ld.js';
export {
  approveExperiments,
  cancelExperiment,
  editExperiment,
  type EditedExperiment,
  rejectExperiment,
  requeueExperiment,
  withdrawApproval,
} from './experiments/use-cases.js';
export * from './experiments/front.js';
export { campaignVolumes } from './experiments/progress.js';
export * from './experiments/value.js';
export { BadRows, checkHistory, type HistoryHooks, importHistory } from './history/import.js';
export type { HistoryProgress, RowVerdict } from './history/look.js';
export type { Sorted } from './history/sorting.js';
export { type HistoryOptions, outsidePolicies, type OutsidePolicy } from './history/options.js';
export type { Preview, PreviewRow } from './history/preview.js';
export type { BadRow } from './history/read-row.js';
export type { HistoryReport, ReportedColumn } from './history/report.js';
export type { HistoryFile } from './history/survey.js';
export * from './imports/import.js';
export { ImportUnwanted, reviveImports, runImport } from './imports/run.js';
export {
  cancelImport,
  previewImport,
  startImport,
  type StartedImport,
  type UploadedTable,
  uploadImport,
} from './imports/use-cases.js';
export * from './in-memory/store.js';
export * from './knowledge/use-cases.js';
export { type KnowledgeTable, rowsOfTable, type TableRows } from './knowledge/from-table.js';
export type { ParameterMatch, SpaceMatch } from './knowledge/match.js';
export * from './lab/append.js';
export * from './lab/claim.js';
export * from './lab/heartbeat.js';
export * from './lab/leases.js';
export { checkMediaType, type SubmittedArtifact } from './lab/attached.js';
export type { SubmittedMeasurement } from './lab/measured.js';
export type { SubmittedPoint } from './lab/series.js';
export type { SubmittedImpedance, SubmittedValue } from './lab/value.js';
export * from './lab/start.js';
export { checkSchemaVersion, registerStation, type Registration, type StationVoice } from './lab/station.js';
export * from './lab/submit.js';
export * from './lab-spec.js';
export * from './lists/page-in.js';
export * from './lists/ports.js';
export type { AskedUnder, MadeUnder } from './made-under.js';
export * from './planner-port.js';
export { observedElsewhere } from './planning/elsewhere.js';
export * from './planning/plan-once.js';
export * from './planning/reconcile.js';
export * from './planning/request.js';
export * from './planning/verify.js';
export * from './ports.js';
export { checkBundle, restoreBundle, type Restored } from './restore/bundle.js';
export * from './screening/screen.js';
export * from './screening/use-cases.js';
export * from './quiet-engine.js';
export * from './random-ids.js';
export * from './tasks/task-list.js';
export * from './tasks/use-cases.js';
export { sweepTasks } from './tasks/sweep.js';
