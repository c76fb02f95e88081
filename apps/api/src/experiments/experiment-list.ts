import type { Experiment, ExperimentState } from '@ionloop/domain';
import type { ExperimentFilter, ExperimentOrder, Ordered } from '@ionloop/engine';
import { Field, Float, InputType, Int } from '@nestjs/graphql';
import { connectionClass, type ListOrder } from '../graphql/connection.js';
import { ExperimentOrderEnum, ExperimentOriginEnum, ExperimentStateEnum } from '../graphql/enums.js';
import type { Data } from '../graphql/data.js';
import { refuse } from '../graphql/refuse.js';
import { ExperimentView } from './experiment.view.js';

export const ExperimentConnection = connectionClass('Experiment', () => ExperimentView);

@InputType({ description: 'All that is given must hold.' })
export class ExperimentFilterInput {
  @Field(() => [ExperimentStateEnum], { nullable: true }) readonly states?: readonly ExperimentState[] | null;
  @Field(() => [ExperimentOriginEnum], { nullable: true })
  readonly origins?: readonly Experiment['origin'][] | null;
  @Field(() => [String], { nullable: true, description: 'One of its measurements has one of these flags.' })
  readonly flags?: readonly string[] | null;
  @Field(() => [Int], { nullable: true }) readonly numbers?: readonly number[] | null;
  @Field(() => Float, { nullable: true, description: 'The smallest value, in the objective’s unit.' })
  readonly valueFrom?: number | null;
  @Field(() => Float, { nullable: true, description: 'The largest value, in the objective’s unit.' })
  readonly valueTo?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether a result of it was accepted.' })
  readonly hasValue?: boolean | null;
  @Field(() => String, {
    nullable: true,
    description: 'Anywhere in its point, reason or note, whatever its case; or its number.',
  })
  readonly text?: string | null;
}

@InputType()
export class ExperimentOrderInput {
  @Field(() => ExperimentOrderEnum, {
    defaultValue: 'number',
    description:
      'measured: when the first of its results came in; prediction and uncertainty: what was expected of it; score: of the acquisition. Those that have none come last.',
  })
  readonly by!: ExperimentOrder;
  @Field(() => Boolean, { defaultValue: false }) readonly descending!: boolean;
}

/** `states` is the short way to say the filter's own. */
export function experimentFilterOf(
  input: Data<ExperimentFilterInput> | null | undefined,
  states: readonly ExperimentState[] | null | undefined,
): ExperimentFilter {
  if (input?.states && states) refuse('states and filter.states are both given; give one of them');
  const { origins, flags, numbers, valueFrom, valueTo, hasValue, text } = input ?? {};
  const wanted = input?.states ?? states;
  const wrong = numbers?.find((number) => number < 1);
  if (wrong !== undefined) refuse(`filter.numbers has ${wrong}; experiments count from 1`);
  if (typeof valueFrom === 'number' && typeof valueTo === 'number' && valueFrom > valueTo) {
    refuse(`filter.valueFrom is ${valueFrom}, which is above filter.valueTo, ${valueTo}`);
  }
  return {
    ...(wanted && { states: wanted }),
    ...(origins && { origins }),
    ...(flags && { flags }),
    ...(numbers && { numbers }),
    ...(typeof valueFrom === 'number' && { valueFrom }),
    ...(typeof valueTo === 'number' && { valueTo }),
    ...(typeof hasValue === 'boolean' && { hasValue }),
    ...(typeof text === 'string' && text !== '' && { text }),
  };
}

export function experimentOrderOf(input: ExperimentOrderInput | null | undefined): {
  readonly order: Ordered<ExperimentOrder>;
  readonly list: ListOrder;
} {
  const { by = 'number', descending = false } = input ?? {};
  const key = by === 'number' ? null : by === 'measured' ? 'time' : 'number';
  const name = `experiments by ${by}${descending ? ', descending' : ''}`;
  return { order: { by, descending }, list: { name, key, tie: 'number' } };
}
