import type { Json, Knowledge, KnowledgeOrigin, LearnedElsewhere, Model } from '@ionloop/domain';
import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Data } from '../graphql/data.js';
import { KnowledgeKindEnum } from '../graphql/enums.js';
import { DateTimeScalar, JsonScalar } from '../graphql/scalars.js';
import { UserErrorView } from '../graphql/user-errors.js';

@ObjectType('KnowledgeOrigin', { description: 'Where results from elsewhere were copied from.' })
export class KnowledgeOriginView {
  @Field(() => KnowledgeKindEnum) readonly kind!: KnowledgeOrigin['kind'];
  @Field(() => ID, { nullable: true, description: 'Of the other campaign.' })
  readonly campaignId!: string | null;
  @Field(() => String, { nullable: true, description: 'What it was called then.' })
  readonly campaignName!: string | null;
  @Field(() => Int, { nullable: true, description: 'Where its log ended when it was copied.' })
  readonly seq!: number | null;
  @Field(() => [String], { description: 'What is not the same in both campaigns, and what was made of it.' })
  readonly notes!: readonly string[];
  @Field(() => Int, { description: 'Its results that were not copied.' }) readonly leftOut!: number;
  @Field(() => String, { nullable: true }) readonly fileName!: string | null;
  @Field(() => String, { nullable: true, description: 'Of the bytes of the table.' })
  readonly sha256!: string | null;
  @Field(() => String, { nullable: true, description: 'A DOI, a book.' }) readonly citation!: string | null;
}

@ObjectType('KnowledgeValue')
export class KnowledgeValueView {
  @Field(() => String) readonly property!: string;
  @Field(() => Float, { description: 'In the unit in which this campaign wants the property.' })
  readonly value!: number;
  @Field(() => Float, { nullable: true }) readonly sd!: number | null;
}

@ObjectType('KnowledgeRow', { description: 'What was measured at one point, as a point of this campaign.' })
export class KnowledgeRowView {
  @Field(() => JsonScalar) readonly point!: Json;
  @Field(() => [KnowledgeValueView]) readonly values!: readonly Data<KnowledgeValueView>[];
  @Field(() => String, { nullable: true }) readonly note!: string | null;
}

@ObjectType('KnowledgeRemoval')
export class KnowledgeRemovalView {
  @Field(() => String) readonly by!: string;
  @Field(() => DateTimeScalar) readonly at!: string;
  @Field(() => String) readonly reason!: string;
}

@ObjectType('KnowledgeTrust', { description: 'How the latest model takes it, by the first objective.' })
export class KnowledgeTrustView {
  @Field(() => String, {
    description:
      '`sources`: learned together with the own results; `mean`: as where learning starts; `alone`: left aside, the own results are predicted better without it.',
  })
  readonly learned!: string;
  @Field(() => Int, { description: 'Results of it that the model has seen.' }) readonly results!: number;
  @Field(() => Float, {
    nullable: true,
    description: 'With the own results, −1 to 1; null where the model does not tell.',
  })
  readonly correlation!: number | null;
}

@ObjectType('Knowledge', {
  description: 'Results from elsewhere that plans are made with, copied when they were added.',
})
export class KnowledgeView {
  @Field(() => ID) readonly id!: string;
  @Field(() => ID) readonly campaignId!: string;
  @Field(() => Int, { description: 'By which models tell it from other results.' }) readonly number!: number;
  @Field(() => String) readonly name!: string;
  @Field(() => KnowledgeOriginView) readonly origin!: Data<KnowledgeOriginView>;
  @Field(() => Int) readonly rowCount!: number;
  @Field(() => String, { description: 'SHA-256 of the rows; plans name it.' }) readonly hash!: string;
  @Field(() => String) readonly addedBy!: string;
  @Field(() => DateTimeScalar) readonly createdAt!: string;
  @Field(() => KnowledgeRemovalView, {
    nullable: true,
    description: 'Null as long as plans are made with it.',
  })
  readonly removed!: Data<KnowledgeRemovalView> | null;
}

/** With what fields that are asked for are made of. */
export type KnowledgeData = Data<KnowledgeView> & { readonly frozen: Knowledge['rows'] };

export const knowledgeView = ({ rows, origin, ...rest }: Knowledge): KnowledgeData => ({
  ...rest,
  origin: originView(origin),
  rowCount: rows.length,
  frozen: rows,
});

const nothing = {
  ...{ campaignId: null, campaignName: null, seq: null, notes: [], leftOut: 0 },
  ...{ fileName: null, sha256: null, citation: null },
} as const;

const originView = (origin: KnowledgeOrigin): Data<KnowledgeOriginView> => ({ ...nothing, ...origin });

export const rowView = ({ point, values, note }: Knowledge['rows'][number]): Data<KnowledgeRowView> => ({
  point,
  values: values.map(({ property, value, sd }) => ({ property, value, sd: sd ?? null })),
  note: note ?? null,
});

/** Numbers are given once, so that a model that has seen one has seen this. */
export function trustView(number: number, model: Model | null): Data<KnowledgeTrustView> | null {
  const { elsewhere } = (model?.diagnostics ?? {}) as {
    readonly elsewhere?: Omit<LearnedElsewhere, 'property'>;
  };
  const source = elsewhere?.sources.find((one) => one.source === number);
  if (!elsewhere || !source) return null;
  const { results, correlation } = source;
  return { learned: elsewhere.learned, results, correlation };
}

@ObjectType('KnowledgePayload')
export class KnowledgePayload {
  @Field(() => KnowledgeView, { nullable: true }) readonly knowledge!: KnowledgeData | null;
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}
