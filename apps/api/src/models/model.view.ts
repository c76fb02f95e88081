import type { Json, Model } from '@ionloop/domain';
import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar, JsonScalar } from '../graphql/scalars.js';
import type { Data } from '../graphql/data.js';
import { NodeView } from '../graphql/node.js';

@ObjectType('Model', { implements: () => NodeView })
export class ModelView {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly kind!: string;
  @Field(() => Int) readonly dataRevision!: number;
  @Field(() => String) readonly trainingHash!: string;
  @Field(() => Int) readonly trainingSize!: number;
  @Field(() => JsonScalar) readonly diagnostics!: Json;
  @Field(() => DateTimeScalar) readonly createdAt!: string;
}

export const modelView = (model: Model): Data<ModelView> => ({
  ...model,
  diagnostics: model.diagnostics ?? {},
});

@ObjectType('Posterior')
export class PosteriorView {
  @Field(() => ID) readonly modelId!: string;
  @Field(() => [JsonScalar]) readonly points!: readonly Json[];
  @Field(() => [Float]) readonly mean!: readonly number[];
  @Field(() => [Float]) readonly sd!: readonly number[];
}
