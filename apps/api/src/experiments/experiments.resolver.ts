import { type Experiment, invalidInput, type Token } from '@ionloop/domain';
import {
  addExperiment,
  approveExperiments,
  cancelExperiment,
  decideMeasurement,
  decideResult,
  editExperiment,
  type Engine,
  rejectExperiment,
  requeueExperiment,
  resolveSuspect,
  withdrawApproval,
} from '@ionloop/engine';
import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { actorOf } from '../access/actor.js';
import { Caller } from '../access/caller.js';
import { orUserErrors } from '../graphql/user-errors.js';
import { ENGINE } from '../parts.js';
import {
  AddExperimentInput,
  ApproveExperimentsInput,
  CancelExperimentInput,
  DecideMeasurementInput,
  DecideResultInput,
  EditExperimentInput,
  RejectExperimentInput,
  RequeueExperimentInput,
  ResolveSuspectInput,
  WithdrawApprovalInput,
} from './experiment.inputs.js';
import { ExperimentPayload, ExperimentsPayload, ExperimentView, experimentView } from './experiment.view.js';
import { MeasurementPayload } from './measurement.view.js';
import type { Data } from '../graphql/data.js';

const mostAtOnce = 500;

@Resolver(() => ExperimentView)
export class ExperimentsResolver {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @Query(() => ExperimentView, { nullable: true })
  async experiment(@Args('id', { type: () => ID }) id: string): Promise<Data<ExperimentView> | null> {
    const found = await this.engine.store.read.experiment(id);
    return found && experimentView(found);
  }

  @Mutation(() => ExperimentsPayload)
  approveExperiments(
    @Args('input', { type: () => ApproveExperimentsInput }) { ids }: ApproveExperimentsInput,
    @Caller() caller: Token,
  ): Promise<Data<ExperimentsPayload>> {
    return orUserErrors<Pick<ExperimentsPayload, 'experiments'>>({ experiments: [] }, async () => {
      if (ids.length > mostAtOnce) {
        throw invalidInput(
          'ids',
          `ids has ${ids.length} entries; at most ${mostAtOnce} are approved at once`,
        );
      }
      const approved = await approveExperiments(this.engine, actorOf(caller), ids);
      return { experiments: approved.map(experimentView) };
    });
  }

  @Mutation(() => ExperimentPayload)
  rejectExperiment(
    @Args('input', { type: () => RejectExperimentInput }) { id, reason }: RejectExperimentInput,
    @Caller() caller: Token,
  ): Promise<Data<ExperimentPayload>> {
    return changed(() => rejectExperiment(this.engine, actorOf(caller), id, reason));
  }

  @Mutation(() => ExperimentPayload)
  addExperiment(
    @Args('input', { type: () => AddExperimentInput }) input: AddExperimentInput,
    @Caller() caller: Token,
  ): Promise<Data<ExperimentPayload>> {
    const { campaignId, point, reason, idempotencyKey } = input;
    return changed(() =>
      addExperiment(this.engine, actorOf(caller), {
        campaignId,
        point,
        reason,
        ...(typeof idempotencyKey === 'string' && { idempotencyKey }),
      }),
    );
  }

  @Mutation(() => ExperimentPayload)
  cancelExperiment(
    @Args('input', { type: () => CancelExperimentInput }) { id, reason }: CancelExperimentInput,
    @Caller() caller: Token,
  ): Promise<Data<ExperimentPayload>> {
    return changed(() => cancelExperiment(this.engine, actorOf(caller), id, reason));
  }

  @Mutation(() => ExperimentPayload)
  withdrawApproval(
    @Args('input', { type: () => WithdrawApprovalInput }) { id, reason }: WithdrawApprovalInput,
    @Caller() caller: Token,
  ): Promise<Data<ExperimentPayload>> {
    return changed(() => withdrawApproval(this.engine, actorOf(caller), id, reason));
  }

  @Mutation(() => ExperimentPayload)
  editExperiment(
    @Args('input', { type: () => EditExperimentInput }) { id, point, reason }: EditExperimentInput,
    @Caller() caller: Token,
  ): Promise<Data<ExperimentPayload>> {
    return changed(() => editExperiment(this.engine, actorOf(caller), { id, point, reason }));
  }

  @Mutation(() => ExperimentPayload)
  requeueExperiment(
    @Args('input', { type: () => RequeueExperimentInput }) { id, reason }: RequeueExperimentInput,
    @Caller() caller: Token,
  ): Promise<Data<ExperimentPayload>> {
    return changed(() => requeueExperiment(this.engine, actorOf(caller), id, reason));
  }

  @Mutation(() => ExperimentPayload)
  resolveSuspect(
    @Args('input', { type: () => ResolveSuspectInput }) { attemptId, decision, note }: ResolveSuspectInput,
    @Caller() caller: Token,
  ): Promise<Data<ExperimentPayload>> {
    return changed(() => resolveSuspect(this.engine, actorOf(caller), attemptId, decision, note));
  }

  @Mutation(() => ExperimentPayload)
  decideResult(
    @Args('input', { type: () => DecideResultInput }) { attemptId, decision, note }: DecideResultInput,
    @Caller() caller: Token,
  ): Promise<Data<ExperimentPayload>> {
    return changed(() => decideResult(this.engine, actorOf(caller), attemptId, decision, note));
  }

  @Mutation(() => MeasurementPayload)
  decideMeasurement(
    @Args('input', { type: () => DecideMeasurementInput }) input: DecideMeasurementInput,
    @Caller() caller: Token,
  ): Promise<Data<MeasurementPayload>> {
    const { measurementId, decision, note } = input;
    return orUserErrors<Pick<MeasurementPayload, 'measurement'>>({ measurement: null }, async () => ({
      measurement: await decideMeasurement(this.engine, actorOf(caller), measurementId, decision, note),
    }));
  }
}

const changed = (work: () => Promise<Experiment>): Promise<Data<ExperimentPayload>> =>
  orUserErrors<Pick<ExperimentPayload, 'experiment'>>({ experiment: null }, async () => ({
    experiment: experimentView(await work()),
  }));
