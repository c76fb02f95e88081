import { type Experiment, invalidInput, type Token } from '@ionloop/domain';
import {
  addExperiment,
  addReplicates,
  approveExperiments,
  cancelExperiment,
  decideResult,
  editExperiment,
  type Engine,
  rejectExperiment,
  reorderExperiments,
  requeueExperiment,
  resolveSuspect,
  restoreExperiment,
  withdrawApproval,
  withdrawRejection,
} from '@ionloop/engine';
import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { actorOf } from '../access/actor.js';
import { Caller } from '../access/caller.js';
import { orUserErrors } from '../graphql/user-errors.js';
import { ENGINE } from '../parts.js';
import {
  AddExperimentInput,
  AddReplicatesInput,
  ApproveExperimentsInput,
  CancelExperimentInput,
  DecideResultInput,
  EditExperimentInput,
  RejectExperimentInput,
  ReorderExperimentsInput,
  RequeueExperimentInput,
  ResolveSuspectInput,
  RestoreExperimentInput,
  WithdrawApprovalInput,
  WithdrawRejectionInput,
} from './experiment.inputs.js';
import { ExperimentPayload, ExperimentsPayload, ExperimentView, experimentView } from './experiment.view.js';
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
    @Args('input', { type: () => ApproveExperimentsInput }) { ids, specHashes }: ApproveExperimentsInput,
    @Caller() caller: Token,
  ): Promise<Data<ExperimentsPayload>> {
    return several(() => {
      refuseTooMany(ids, 'approved');
      return approveExperiments(this.engine, actorOf(caller), ids, specHashes ?? undefined);
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
    const { campaignId, point, reason, outside, idempotencyKey } = input;
    return changed(() =>
      addExperiment(this.engine, actorOf(caller), {
        ...{ campaignId, point, reason, outside },
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
    @Args('input', { type: () => EditExperimentInput }) { id, point, reason, outside }: EditExperimentInput,
    @Caller() caller: Token,
  ): Promise<Data<ExperimentPayload>> {
    return changed(() => editExperiment(this.engine, actorOf(caller), { id, point, reason, outside }));
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

  @Mutation(() => ExperimentsPayload, {
    description: 'The same point again: experiments of their own, each to be approved.',
  })
  addReplicates(
    @Args('input', { type: () => AddReplicatesInput }) input: AddReplicatesInput,
    @Caller() caller: Token,
  ): Promise<Data<ExperimentsPayload>> {
    const { id: experimentId, count, reason, idempotencyKey } = input;
    return several(() =>
      addReplicates(this.engine, actorOf(caller), {
        ...{ experimentId, count, reason },
        ...(typeof idempotencyKey === 'string' && { idempotencyKey }),
      }),
    );
  }

  @Mutation(() => ExperimentsPayload, {
    description: 'What is proposed or queued is made in another order; nothing else of it changes.',
  })
  reorderExperiments(
    @Args('input', { type: () => ReorderExperimentsInput }) input: ReorderExperimentsInput,
    @Caller() caller: Token,
  ): Promise<Data<ExperimentsPayload>> {
    const { campaignId, ids, place, reason } = input;
    return several(() => {
      refuseTooMany(ids, 'moved');
      const moved = { campaignId, ids, place, ...(typeof reason === 'string' && { reason }) };
      return reorderExperiments(this.engine, actorOf(caller), moved);
    });
  }

  @Mutation(() => ExperimentPayload, {
    description: 'A cancelled experiment is a proposal again, and has to be approved anew.',
  })
  restoreExperiment(
    @Args('input', { type: () => RestoreExperimentInput }) { id, reason }: RestoreExperimentInput,
    @Caller() caller: Token,
  ): Promise<Data<ExperimentPayload>> {
    return changed(() => restoreExperiment(this.engine, actorOf(caller), id, reason));
  }

  @Mutation(() => ExperimentPayload, { description: 'A rejected experiment is a proposal again.' })
  withdrawRejection(
    @Args('input', { type: () => WithdrawRejectionInput }) { id, reason }: WithdrawRejectionInput,
    @Caller() caller: Token,
  ): Promise<Data<ExperimentPayload>> {
    return changed(() => withdrawRejection(this.engine, actorOf(caller), id, reason));
  }
}

const changed = (work: () => Promise<Experiment>): Promise<Data<ExperimentPayload>> =>
  orUserErrors<Pick<ExperimentPayload, 'experiment'>>({ experiment: null }, async () => ({
    experiment: experimentView(await work()),
  }));

const several = (work: () => Promise<readonly Experiment[]>): Promise<Data<ExperimentsPayload>> =>
  orUserErrors<Pick<ExperimentsPayload, 'experiments'>>({ experiments: [] }, async () => ({
    experiments: (await work()).map(experimentView),
  }));

function refuseTooMany(ids: readonly string[], done: string): void {
  if (ids.length <= mostAtOnce) return;
  throw invalidInput('ids', `ids has ${ids.length} entries; at most ${mostAtOnce} are ${done} at once`);
}
