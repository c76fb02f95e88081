import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { Space } from '@ionloop/space';
import type { Data } from '../graphql/data.js';
import { UserErrorView } from '../graphql/user-errors.js';

@ObjectType('ConstraintEffect')
export class ConstraintEffectView {
  @Field(() => String) readonly name!: string;
  @Field(() => String, { description: 'What it asks, in words.' }) readonly text!: string;
  @Field(() => Int, { description: 'How many of the points that were looked at it removes.' })
  readonly removes!: number;
  @Field(() => Int, { description: 'How many of them no other constraint removes.' })
  readonly onlyThis!: number;
}

@ObjectType('SpaceEffects', {
  description: 'How many candidates a space has, and what its constraints take away.',
})
export class SpaceEffectsView {
  @Field(() => Int, { nullable: true, description: 'Candidates; null where there are too many to list.' })
  readonly size!: number | null;
  @Field(() => Boolean, { description: 'Whether all points were looked at, or an even draw of them.' })
  readonly exact!: boolean;
  @Field(() => Int, { description: 'How many points were looked at.' }) readonly points!: number;
  @Field(() => Int, { description: 'How many of them no constraint removes.' }) readonly remaining!: number;
  @Field(() => Float, { description: 'The share that is left.' }) readonly share!: number;
  @Field(() => Float, { description: 'Its 95 % interval by Wilson; of a count the share itself.' })
  readonly shareLow!: number;
  @Field(() => Float) readonly shareHigh!: number;
  @Field(() => [ConstraintEffectView]) readonly constraints!: readonly Data<ConstraintEffectView>[];
}

export function spaceEffectsView(space: Space): Data<SpaceEffectsView> {
  const { counted, points, remaining, share, constraints } = space.effects();
  const { estimate, low: shareLow, high: shareHigh } = share;
  const exact = counted === 'all';
  return { size: space.size, exact, points, remaining, share: estimate, shareLow, shareHigh, constraints };
}

@ObjectType('SpacePreviewPayload')
export class SpacePreviewPayload {
  @Field(() => SpaceEffectsView, { nullable: true }) readonly effects!: Data<SpaceEffectsView> | null;
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}
