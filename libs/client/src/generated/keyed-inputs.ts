/** Inputs that take an idempotency key. */
export const keyedInputs: ReadonlySet<string> = new Set([
  'AddExperimentInput',
  'AddKnowledgeInput',
  'AddReplicatesInput',
  'AssignTaskInput',
  'CreateCampaignInput',
  'CreateTokenInput',
  'ExtendTaskInput',
  'LabClaimInput',
  'LabSubmitInput',
  'PreviewImportInput',
  'ProposeNowInput',
  'RecordMeasurementInput',
  'StartAnalysisInput',
  'StartImportInput',
  'StartScreenInput',
  'SupersedeMeasurementInput',
]);
