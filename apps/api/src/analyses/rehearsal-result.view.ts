import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { Data } from '../graphql/data.js';

@ObjectType('RehearsedRound', {
  description:
    'The best so far over the campaigns, in the unit of the objective; or shares, where the result measures those.',
})
export class RehearsedRoundView {
  @Field(() => Int, { description: 'How many more were made by then.' }) readonly experiments!: number;
  @Field(() => Float) readonly median!: number;
  @Field(() => Float, { description: 'Half of the campaigns lie between low50 and high50.' })
  readonly low50!: number;
  @Field(() => Float) readonly high50!: number;
  @Field(() => Float, { description: 'Nine in ten lie between low90 and high90.' })
  readonly low90!: number;
  @Field(() => Float) readonly high90!: number;
  @Field(() => Float, { description: 'The share of campaigns that are near the top of their response.' })
  readonly atTop!: number;
  @Field(() => Float, {
    nullable: true,
    description: 'The share of campaigns that have reached the target; null where none was named.',
  })
  readonly reached!: number | null;
  @Field(() => Float, {
    nullable: true,
    description:
      'The share of campaigns with a result that keeps all limits and lies in all windows; null where there are neither.',
  })
  readonly kept!: number | null;
  @Field(() => Float, {
    nullable: true,
    description:
      'Of one objective with limits: the median of the best that keeps them; null where fewer than half have one.',
  })
  readonly bestKept!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'The median of what is spent by then; null where costs are not said.',
  })
  readonly spent!: number | null;
}

@ObjectType('RehearsedStrategy')
export class RehearsedStrategyView {
  @Field(() => String) readonly strategy!: string;
  @Field(() => Int, {
    nullable: true,
    description:
      'After so many more, half of the campaigns are near the top of their response; null where fewer are.',
  })
  readonly likelyAfter!: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'After so many more, half of the campaigns have reached the target.',
  })
  readonly targetAfter!: number | null;
  @Field(() => [RehearsedRoundView]) readonly rounds!: readonly Data<RehearsedRoundView>[];
}

@ObjectType('RehearsalResult')
export class RehearsalResultView {
  @Field(() => String, {
    description:
      'value: the best result of one objective, in its unit. share, with several objectives, a window or limits: the volume that is beaten, over what can be in the campaign’s own response.',
  })
  readonly measure!: string;
  @Field(() => String, { description: 'results or expectations.' }) readonly learnedFrom!: string;
  @Field(() => Int, { description: 'How many results there were.' }) readonly resultCount!: number;
  @Field(() => Float, { nullable: true, description: 'The best result so far, or the share.' })
  readonly before!: number | null;
  @Field(() => Int) readonly atATime!: number;
  @Field(() => Int) readonly experiments!: number;
  @Field(() => Int) readonly seeds!: number;
  @Field(() => Float, { nullable: true }) readonly target!: number | null;
  @Field(() => [RehearsedStrategyView]) readonly strategies!: readonly Data<RehearsedStrategyView>[];
}
