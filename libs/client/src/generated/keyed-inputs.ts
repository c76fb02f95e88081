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
  'ProposeNowInput',
  'RecordMeasurementInput',
  'StartScreenInput',
  'SupersedeMeasurementInput',
]);
