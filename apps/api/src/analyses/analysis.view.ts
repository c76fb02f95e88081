import type { Json } from '@ionloop/domain';
import type { Analysis, AnalysisStatus } from '@ionloop/engine';
import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { AnalysisStatusEnum } from '../graphql/enums.js';
import type { Data } from '../graphql/data.js';
import { DateTimeScalar, JsonScalar } from '../graphql/scalars.js';
import { UserErrorView } from '../graphql/user-errors.js';

@ObjectType('Analysis', {
  description:
    'A question about a campaign that a worker answers; the same question of the same state is answered once.',
})
export class AnalysisView {
  @Field(() => ID) readonly id!: string;
  @Field(() => ID) readonly campaignId!: string;
  @Field(() => String, { description: 'candidates, slice, front …: what the request names.' })
  readonly kind!: string;
  @Field(() => JsonScalar, { description: 'What was asked, with what was left out.' })
  readonly request!: Json;
  @Field(() => AnalysisStatusEnum) readonly status!: AnalysisStatus;
  @Field(() => Int) readonly done!: number;
  @Field(() => Int, { nullable: true, description: 'Null while nobody knows.' })
  readonly total!: number | null;
  @Field(() => Float, { nullable: true, description: 'The share that is done.' })
  readonly progress!: number | null;
  @Field(() => String, { nullable: true, description: 'Why it failed.' }) readonly error!: string | null;
  @Field(() => Int, { description: 'Of the campaign, when it was asked.' }) readonly dataRevision!: number;
  @Field(() => String) readonly createdBy!: string;
  @Field(() => DateTimeScalar) readonly createdAt!: string;
  @Field(() => DateTimeScalar, { nullable: true }) readonly startedAt!: string | null;
  @Field(() => DateTimeScalar, { nullable: true }) readonly endedAt!: string | null;
}

export const analysisView = (analysis: Analysis): Data<AnalysisView> => ({
  id: analysis.id,
  campaignId: analysis.campaignId,
  kind: analysis.kind,
  request: analysis.request as unknown as Json,
  status: analysis.status,
  done: analysis.done,
  total: analysis.total,
  progress: progressOf(analysis),
  error: analysis.error,
  dataRevision: analysis.dataRevision,
  createdBy: analysis.createdBy,
  createdAt: analysis.createdAt,
  startedAt: analysis.startedAt,
  endedAt: analysis.endedAt,
});

function progressOf({ status, done, total }: Analysis): number | null {
  if (status === 'completed') return 1;
  return total === null || total === 0 ? null : done / total;
}

@ObjectType('AnalysisPayload')
export class AnalysisPayload {
  @Field(() => AnalysisView, { nullable: true }) readonly analysis!: Data<AnalysisView> | null;
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}
