import type { Permission, Role, Task, TaskKind } from '@ionloop/domain';
import { taskId } from '@ionloop/engine';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { PageInfoView } from '../graphql/connection.js';
import type { Data } from '../graphql/data.js';
import { RoleEnum, TaskKindEnum } from '../graphql/enums.js';
import { DateTimeScalar } from '../graphql/scalars.js';
import { UserErrorView } from '../graphql/user-errors.js';

@ObjectType('TaskOwner', {
  description: 'Who is asked: everybody with a role, or one person by the name of a token.',
})
export class TaskOwnerView {
  @Field(() => RoleEnum, { nullable: true }) readonly role!: Role | null;
  @Field(() => String, { nullable: true }) readonly person!: string | null;
}

@ObjectType('TaskDecision')
export class TaskDecisionView {
  @Field(() => String, { description: 'What the decision is called: requeue, abandon, accept, approve …' })
  readonly name!: string;
  @Field(() => String, { description: 'The mutation that takes it, and with it ends the task.' })
  readonly mutation!: string;
  @Field(() => [RoleEnum], { description: 'Who may take it, whoever is asked.' })
  readonly roles!: readonly Role[];
}

@ObjectType('Task', {
  description: 'Something that only a person can bring on. It ends with the state that it comes from.',
})
export class TaskView {
  readonly attemptId!: string | null;
  @Field(() => ID) readonly id!: string;
  @Field(() => TaskKindEnum) readonly kind!: TaskKind;
  @Field(() => ID) readonly campaignId!: string;
  @Field(() => ID, { nullable: true }) readonly experimentId!: string | null;
  @Field(() => TaskOwnerView) readonly owner!: Data<TaskOwnerView>;
  @Field(() => DateTimeScalar) readonly since!: string;
  @Field(() => DateTimeScalar, {
    description: 'By the clock of the record. When it passes, the next is asked.',
  })
  readonly deadline!: string;
  @Field(() => Int, { description: 'How often it was passed on.' }) readonly escalations!: number;
  @Field(() => String, { nullable: true, description: 'Why, where its state does not say it.' })
  readonly note!: string | null;
  @Field(() => [TaskDecisionView]) readonly decisions!: readonly Data<TaskDecisionView>[];
}

export function taskView(task: Task): Data<TaskView> {
  const { kind, campaignId, experimentId, since, deadline, escalations, note, subject, owner } = task;
  const [, group, name = ''] = /^(role|person):(.*)$/.exec(owner) ?? [];
  return {
    ...{ kind, campaignId, experimentId, since, deadline, escalations, note },
    id: taskId(subject),
    attemptId: subject.kind === 'attempt' ? subject.id : null,
    owner: { role: group === 'role' ? (name as Role) : null, person: group === 'person' ? name : null },
    decisions: decisions[kind].map(([decision, mutation, permission]) => ({
      name: decision,
      mutation,
      roles: [...rolesWith[permission]],
    })),
  };
}

type Deciding = Extract<Permission, 'plan' | 'approve'>;
const rolesWith: Readonly<Record<Deciding, readonly Role[]>> = {
  plan: ['planner', 'admin'],
  approve: ['approver', 'admin'],
};

type Decision = readonly [name: string, mutation: string, permission: Deciding];
const cancel: Decision = ['cancel', 'cancelExperiment', 'plan'];
const withdraw: Decision = ['withdraw', 'withdrawApproval', 'approve'];

/** What can be decided, kind by kind; a test compares it with the table of operations. */
export const decisions: Readonly<Record<TaskKind, readonly Decision[]>> = {
  start_campaign: [
    ['start', 'moveCampaign', 'plan'],
    ['archive', 'moveCampaign', 'plan'],
  ],
  resume_campaign: [
    ['resume', 'moveCampaign', 'plan'],
    ['complete', 'moveCampaign', 'plan'],
  ],
  dispatch_off: [['switch on', 'switchCampaign', 'plan']],
  proposing_off: [
    ['switch on', 'switchCampaign', 'plan'],
    ['complete', 'moveCampaign', 'plan'],
  ],
  planning_failed: [
    ['pause', 'moveCampaign', 'plan'],
    ['switch proposing off', 'switchCampaign', 'plan'],
  ],
  review_proposal: [
    ['approve', 'approveExperiments', 'approve'],
    ['reject', 'rejectExperiment', 'approve'],
    ['edit', 'editExperiment', 'plan'],
  ],
  no_station: [cancel, withdraw],
  not_claimed: [cancel, withdraw],
  quarantined: [['requeue', 'requeueExperiment', 'approve'], cancel, withdraw],
  suspect_attempt: [
    ['requeue', 'resolveSuspect', 'approve'],
    ['abandon', 'resolveSuspect', 'approve'],
  ],
  flagged_result: [
    ['accept', 'decideResult', 'approve'],
    ['discard', 'decideResult', 'approve'],
  ],
  late_result: [
    ['accept', 'decideResult', 'approve'],
    ['discard', 'decideResult', 'approve'],
  ],
};

@ObjectType('TaskEdge')
export class TaskEdgeView {
  @Field(() => TaskView) readonly node!: Data<TaskView>;
  @Field(() => String) readonly cursor!: string;
}

@ObjectType('TaskConnection')
export class TaskConnectionView {
  @Field(() => [TaskEdgeView]) readonly edges!: readonly Data<TaskEdgeView>[];
  @Field(() => [TaskView], { description: 'The nodes of the edges.' })
  readonly nodes!: readonly Data<TaskView>[];
  @Field(() => PageInfoView) readonly pageInfo!: Data<PageInfoView>;
}

@InputType({ description: 'A role or a person, not both.' })
export class TaskOwnerInput {
  @Field(() => RoleEnum, { nullable: true }) readonly role?: Role | null;
  @Field(() => String, { nullable: true }) readonly person?: string | null;
}

@InputType()
export class AssignTaskInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => TaskOwnerInput) readonly owner!: TaskOwnerInput;
  @Field(() => Int, { nullable: true, description: 'From now; the kind’s own time where it is left out.' })
  readonly seconds?: number | null;
  @Field(() => String, { nullable: true }) readonly note?: string | null;
  @Field(() => String, { nullable: true }) readonly idempotencyKey?: string | null;
}

@InputType()
export class ExtendTaskInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => Int, { description: 'From now.' }) readonly seconds!: number;
  @Field(() => String, { nullable: true }) readonly note?: string | null;
  @Field(() => String, { nullable: true }) readonly idempotencyKey?: string | null;
}

@ObjectType('TaskPayload')
export class TaskPayload {
  @Field(() => TaskView, { nullable: true }) readonly task!: Data<TaskView> | null;
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}
