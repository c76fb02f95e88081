import type { Connection } from '../connection.js';
import type { Artifact, Experiment, ExperimentInFull } from '../entities.js';
import * as g from '../generated/graphql.js';
import { found, type ListOptions, made, type Operator } from '../operator.js';
import type { CallOptions } from '../transport.js';

export interface ExperimentListOptions extends ListOptions {
  readonly filter?: g.ExperimentFilterInput;
  readonly orderBy?: g.ExperimentOrderInput;
}

export class Experiments {
  constructor(private readonly operator: Operator) {}

  /** Of a campaign, sorted and filtered on the server. */
  list(campaignId: string, { filter, orderBy, ...list }: ExperimentListOptions = {}): Connection<Experiment> {
    return this.operator.list(
      g.ExperimentsDocument,
      { id: campaignId, filter, orderBy },
      (data) => data.campaign?.experiments,
      list,
    );
  }

  /** What waits for a decision, as it would be made. */
  proposals(campaignId: string, list: ListOptions = {}): Connection<Experiment> {
    return this.list(campaignId, { ...list, filter: { states: ['proposed'] } });
  }

  /** With the grounds on which it was proposed; null where there is none by this id. */
  async get(id: string, call?: CallOptions): Promise<ExperimentInFull | null> {
    return (await this.operator.run(g.ExperimentDocument, { id }, call)).experiment;
  }

  /** Files that came with its results. */
  async artifacts(id: string, call?: CallOptions): Promise<readonly Artifact[]> {
    const { experiment } = await this.operator.run(g.ExperimentArtifactsDocument, { id }, call);
    return found(experiment).attempts.flatMap(({ artifacts }) => artifacts);
  }

  /** A point by hand. */
  async add(input: g.AddExperimentInput, call?: CallOptions): Promise<Experiment> {
    return made((await this.operator.run(g.AddExperimentDocument, { input }, call)).addExperiment.experiment);
  }

  async replicate(input: g.AddReplicatesInput, call?: CallOptions): Promise<readonly Experiment[]> {
    return (await this.operator.run(g.AddReplicatesDocument, { input }, call)).addReplicates.experiments;
  }

  /**
   * All of them or none. Experiments, rather than ids, are approved as they were seen: where one was edited since,
   * nothing is.
   */
  async approve(
    which: readonly (string | Pick<Experiment, 'id' | 'specHash'>)[],
    call?: CallOptions,
  ): Promise<readonly Experiment[]> {
    const ids = which.map((one) => (typeof one === 'string' ? one : one.id));
    const seen = which.filter((one) => typeof one !== 'string');
    if (seen.length !== 0 && seen.length !== which.length) {
      throw new TypeError('approve takes ids or experiments, not both at once');
    }
    const hashes = seen.length > 0 ? { specHashes: seen.map(({ specHash }) => specHash) } : {};
    const { approveExperiments } = await this.operator.run(
      g.ApproveExperimentsDocument,
      { input: { ids, ...hashes } },
      call,
    );
    return approveExperiments.experiments;
  }

  async withdrawApproval(id: string, reason: string, call?: CallOptions): Promise<Experiment> {
    const data = await this.operator.run(g.WithdrawApprovalDocument, { input: { id, reason } }, call);
    return made(data.withdrawApproval.experiment);
  }

  async edit(input: g.EditExperimentInput, call?: CallOptions): Promise<Experiment> {
    return made(
      (await this.operator.run(g.EditExperimentDocument, { input }, call)).editExperiment.experiment,
    );
  }

  async reject(id: string, reason: string, call?: CallOptions): Promise<Experiment> {
    const data = await this.operator.run(g.RejectExperimentDocument, { input: { id, reason } }, call);
    return made(data.rejectExperiment.experiment);
  }

  async withdrawRejection(id: string, reason: string, call?: CallOptions): Promise<Experiment> {
    const data = await this.operator.run(g.WithdrawRejectionDocument, { input: { id, reason } }, call);
    return made(data.withdrawRejection.experiment);
  }

  async cancel(id: string, reason: string, call?: CallOptions): Promise<Experiment> {
    const data = await this.operator.run(g.CancelExperimentDocument, { input: { id, reason } }, call);
    return made(data.cancelExperiment.experiment);
  }

  /** A cancelled one is a proposal again. */
  async restore(id: string, reason: string, call?: CallOptions): Promise<Experiment> {
    const data = await this.operator.run(g.RestoreExperimentDocument, { input: { id, reason } }, call);
    return made(data.restoreExperiment.experiment);
  }

  async requeue(id: string, reason: string, call?: CallOptions): Promise<Experiment> {
    const data = await this.operator.run(g.RequeueExperimentDocument, { input: { id, reason } }, call);
    return made(data.requeueExperiment.experiment);
  }

  async reorder(input: g.ReorderExperimentsInput, call?: CallOptions): Promise<readonly Experiment[]> {
    return (await this.operator.run(g.ReorderExperimentsDocument, { input }, call)).reorderExperiments
      .experiments;
  }

  /** A station that fell silent in the middle: made again, or given up. */
  async resolveSuspect(input: g.ResolveSuspectInput, call?: CallOptions): Promise<Experiment> {
    return made(
      (await this.operator.run(g.ResolveSuspectDocument, { input }, call)).resolveSuspect.experiment,
    );
  }

  /** A result that was flagged, or came late. */
  async decideResult(input: g.DecideResultInput, call?: CallOptions): Promise<Experiment> {
    return made((await this.operator.run(g.DecideResultDocument, { input }, call)).decideResult.experiment);
  }
}
