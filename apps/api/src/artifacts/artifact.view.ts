import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Data } from '../graphql/data.js';
import { NodeView } from '../graphql/node.js';
import { DateTimeScalar } from '../graphql/scalars.js';

@ObjectType('SpectrumPoint')
export class SpectrumPointView {
  @Field(() => Float) readonly frequencyHz!: number;
  @Field(() => Float) readonly realOhm!: number;
  @Field(() => Float, { description: 'Negative where the sample is capacitive.' })
  readonly imaginaryOhm!: number;
}

@ObjectType('Spectrum')
export class SpectrumView {
  @Field(() => [SpectrumPointView], { description: 'From the highest frequency down.' })
  readonly points!: readonly Data<SpectrumPointView>[];
  @Field(() => Int, { description: 'How many points the artifact has.' }) readonly total!: number;
  @Field(() => String, { nullable: true, description: 'Why there is nothing to draw.' })
  readonly problem!: string | null;
}

@ObjectType('Artifact', { implements: () => NodeView, description: 'A file that came with a result.' })
export class ArtifactView {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly sha256!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => String) readonly mediaType!: string;
  @Field(() => Float, { description: 'A whole number, larger than an Int may be.' }) readonly bytes!: number;
  @Field(() => String, { nullable: true }) readonly kind!: string | null;
  @Field(() => DateTimeScalar) readonly createdAt!: string;
}
