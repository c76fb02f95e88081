import type { Json, StageCount } from '@ionloop/domain';
import type { Screen, ScreenStatus } from '@ionloop/engine';
import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { Data } from '../graphql/data.js';
import { ScreenStatusEnum } from '../graphql/enums.js';
import { NodeView } from '../graphql/node.js';
import { DateTimeScalar, JsonScalar } from '../graphql/scalars.js';
import { UserErrorView } from '../graphql/user-errors.js';

@ObjectType('Screen', {
  implements: () => NodeView,
  description: 'Every candidate of a large space scored, the best kept.',
})
export class ScreenView {
  @Field(() => ID) readonly id!: string;
  @Field(() => ID) readonly campaignId!: string;
  @Field(() => ScreenStatusEnum) readonly status!: ScreenStatus;
  @Field(() => String, { nullable: true }) readonly error!: string | null;
  @Field(() => JsonScalar, { description: 'What was asked for.' }) readonly settings!: Json;
  @Field(() => Int, { nullable: true }) readonly chunks!: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'How many candidates there are, written out: it may pass what a double holds exactly.',
  })
  readonly candidates!: string | null;
  @Field(() => String) readonly createdBy!: string;
  @Field(() => DateTimeScalar) readonly createdAt!: string;
  @Field(() => DateTimeScalar, { nullable: true }) readonly startedAt!: string | null;
  @Field(() => DateTimeScalar, { nullable: true }) readonly endedAt!: string | null;
}

export const screenView = ({ request, size, ...screen }: Screen): Data<ScreenView> => ({
  id: screen.id,
  campaignId: screen.campaignId,
  status: screen.status,
  error: screen.error,
  settings: request.settings,
  chunks: size?.chunks ?? null,
  candidates: size?.candidates ?? null,
  createdBy: screen.createdBy,
  createdAt: screen.createdAt,
  startedAt: screen.startedAt,
  endedAt: screen.endedAt,
});

@ObjectType('ScreenProgress')
export class ScreenProgressView {
  @Field(() => Int) readonly chunksDone!: number;
  @Field(() => Float) readonly candidatesDone!: number;
  @Field(() => Float, { nullable: true }) readonly perSecond!: number | null;
  @Field(() => Float, { nullable: true }) readonly secondsLeft!: number | null;
}

@ObjectType('ScreenStage')
export class ScreenStageView {
  @Field(() => String) readonly name!: string;
  @Field(() => Float) readonly came!: number;
  @Field(() => Float) readonly passed!: number;
}

@ObjectType('ScreenedCandidate')
export class ScreenedCandidateView {
  @Field(() => String, { description: 'Its number in the stream.' }) readonly index!: string;
  @Field(() => JsonScalar) readonly point!: Json;
  @Field(() => Float) readonly score!: number;
  @Field(() => Float, { description: 'On the scale that the models see.' }) readonly mean!: number;
  @Field(() => Float) readonly sd!: number;
}

@ObjectType('ScreenResult')
export class ScreenResultView {
  @Field(() => [ScreenStageView]) readonly stages!: readonly StageCount[];
  @Field(() => [ScreenedCandidateView]) readonly best!: readonly Data<ScreenedCandidateView>[];
}

@ObjectType('ScreenPayload')
export class ScreenPayload {
  @Field(() => ScreenView, { nullable: true }) readonly screen!: Data<ScreenView> | null;
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}

@InputType()
export class StartScreenInput {
  @Field(() => ID) readonly campaignId!: string;
  @Field(() => Int, { nullable: true }) readonly top?: number | null;
  @Field(() => String, { nullable: true, description: 'mean, ucb or log-ei' })
  readonly acquisition?: string | null;
  @Field(() => Float, { nullable: true }) readonly beta?: number | null;
  @Field(() => String, { nullable: true, description: 'A model of the catalogue; gp where it is left out.' })
  readonly model?: string | null;
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'At how many values each continuous parameter is looked at.',
  })
  readonly levels?: Json;
  @Field(() => JsonScalar, { nullable: true }) readonly mostComponents?: Json;
  @Field(() => JsonScalar, { nullable: true, description: 'Hard criteria, one after the other.' })
  readonly funnel?: Json;
  @Field(() => JsonScalar, { nullable: true, description: '{labels, alpha}: a student screens first.' })
  readonly student?: Json;
  @Field(() => JsonScalar, { nullable: true, description: '{from, to} as text: a part of the space.' })
  readonly range?: Json;
  @Field(() => String, { nullable: true }) readonly idempotencyKey?: string | null;
}

@InputType()
export class CancelScreenInput {
  @Field(() => ID) readonly id!: string;
}
