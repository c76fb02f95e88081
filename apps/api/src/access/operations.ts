import { may, type Permission, type Token } from '@ionloop/domain';

/**
 * `public` needs no token, `token` any valid one, `instance` an admin's of the whole instance, `scrape` what the gate has
 * found to be enough for metrics, or that.
 */
export type Access = Permission | 'public' | 'token' | 'instance' | 'scrape';

/** What each operation asks for. One that is not here is refused to everybody. */
export const operations: Readonly<Record<string, Access>> = {
  'Query.viewer': 'token',
  'Query.campaigns': 'read',
  'Query.campaign': 'read',
  'Query.experiment': 'read',
  'Query.analysis': 'read',
  'Query.import': 'read',
  'Subscription.importProgress': 'read',
  'Mutation.startAnalysis': 'read',
  'Subscription.analysisProgress': 'read',
  'Mutation.cancelAnalysis': 'plan',
  'Query.node': 'read',
  'Query.nodes': 'read',
  'Query.stations': 'read',
  'Query.campaignTemplates': 'read',
  'Query.previewSpace': 'read',
  'Query.screen': 'read',
  'Query.tasks': 'read',
  'Subscription.campaignEvents': 'read',

  'Mutation.createCampaign': 'plan',
  'Mutation.moveCampaign': 'plan',
  'Mutation.switchCampaign': 'plan',
  'Mutation.updateCampaign': 'plan',
  'Mutation.proposeNow': 'plan',
  'Mutation.addKnowledge': 'plan',
  'Mutation.removeKnowledge': 'plan',
  'Mutation.addExperiment': 'plan',
  'Mutation.cancelExperiment': 'plan',
  'Mutation.editExperiment': 'plan',
  'Mutation.addReplicates': 'plan',
  'Mutation.reorderExperiments': 'plan',
  'Mutation.restoreExperiment': 'plan',
  'Mutation.startScreen': 'plan',
  'Mutation.cancelScreen': 'plan',
  'Mutation.previewImport': 'plan',
  'Mutation.startImport': 'plan',
  'Mutation.cancelImport': 'plan',

  'Mutation.approveExperiments': 'approve',
  'Mutation.rejectExperiment': 'approve',
  'Mutation.withdrawApproval': 'approve',
  'Mutation.withdrawRejection': 'approve',
  'Mutation.requeueExperiment': 'approve',
  'Mutation.resolveSuspect': 'approve',
  'Mutation.decideResult': 'approve',
  'Mutation.decideMeasurement': 'approve',
  'Mutation.recordMeasurement': 'approve',
  'Mutation.supersedeMeasurement': 'approve',

  'Mutation.assignTask': 'assign',
  'Mutation.extendTask': 'assign',

  'Query.tokens': 'administer',
  'Query.accessLog': 'administer',
  'Query.workspaces': 'instance',
  'Query.queues': 'instance',
  'Mutation.createWorkspace': 'instance',
  'Mutation.pauseStation': 'administer',
  'Mutation.createToken': 'administer',
  'Mutation.revokeToken': 'administer',

  'Mutation.labRegister': 'lab',
  'Mutation.labClaim': 'lab',
  'Mutation.labStart': 'lab',
  'Mutation.labHeartbeat': 'lab',
  'Mutation.labAppend': 'lab',
  'Mutation.labSubmit': 'lab',

  'POST /lab/v1/register': 'lab',
  'POST /lab/v1/claim': 'lab',
  'POST /lab/v1/attempts/:attemptId/start': 'lab',
  'POST /lab/v1/heartbeat': 'lab',
  'POST /lab/v1/attempts/:attemptId/partials': 'lab',
  'POST /lab/v1/attempts/:attemptId/submit': 'lab',

  'PUT /lab/v1/artifacts/:sha256': 'lab',
  'GET /lab/v1/artifacts/:sha256': 'lab',
  'GET /artifacts/:sha256': 'read',
  'GET /v1/campaigns/:id/export': 'read',
  'POST /v1/campaigns/:id/history': 'plan',
  'POST /v1/campaigns/:id/imports': 'plan',
  'GET /v1/imports/:id/bad-rows': 'read',

  'POST /auth/exchange': 'public',
  'GET /lab/v1/openapi.json': 'public',
  'GET /problems/:code': 'public',
  'GET /health/live': 'public',
  'GET /health/ready': 'public',
  'GET /metrics': 'scrape',
};

export const accessTo = (operation: string): Access | undefined =>
  Object.hasOwn(operations, operation) ? operations[operation] : undefined;

export function isAllowed({ role, instance }: Pick<Token, 'role' | 'instance'>, access: Access): boolean {
  if (access === 'instance' || access === 'scrape') return role === 'admin' && instance;
  return access === 'public' || access === 'token' || may(role, access);
}
