import type { AttemptState, MeasurementStatus } from '@ionloop/domain';
import type { AttemptFilter, EventFilter, MeasurementFilter } from '@ionloop/engine';
import { Field, ID, InputType } from '@nestjs/graphql';
import { AttemptStateEnum, MeasurementStatusEnum } from '../graphql/enums.js';
import type { Data } from '../graphql/data.js';
import { refuse } from '../graphql/refuse.js';

@InputType({ description: 'All that is given must hold.' })
export class AuditFilterInput {
  @Field(() => [String], { nullable: true, description: 'Types of events: experiment.approved …' })
  readonly types?: readonly string[] | null;
  @Field(() => [String], { nullable: true, description: 'Names of persons, tokens or stations.' })
  readonly actors?: readonly string[] | null;
  @Field(() => ID, {
    nullable: true,
    description: 'The id of an experiment, an attempt, a measurement … that the event names.',
  })
  readonly about?: string | null;
  @Field(() => String, { nullable: true, description: 'Not before this time, ISO 8601.' })
  readonly from?: string | null;
  @Field(() => String, { nullable: true, description: 'Before this time, ISO 8601.' })
  readonly to?: string | null;
}

@InputType({ description: 'All that is given must hold.' })
export class MeasurementFilterInput {
  @Field(() => [MeasurementStatusEnum], { nullable: true })
  readonly statuses?: readonly MeasurementStatus[] | null;
  @Field(() => [String], { nullable: true }) readonly properties?: readonly string[] | null;
  @Field(() => [String], { nullable: true, description: 'Has one of these.' })
  readonly flags?: readonly string[] | null;
}

@InputType({ description: 'All that is given must hold.' })
export class AttemptFilterInput {
  @Field(() => [AttemptStateEnum], { nullable: true }) readonly states?: readonly AttemptState[] | null;
  @Field(() => [ID], { nullable: true, description: 'Ids of stations.' })
  readonly stations?: readonly string[] | null;
}

export function auditFilterOf(input: Data<AuditFilterInput> | null | undefined): EventFilter {
  const { types, actors, about, from, to } = input ?? {};
  return {
    ...(types && { types }),
    ...(actors && { actors }),
    ...(typeof about === 'string' && { about }),
    ...(typeof from === 'string' && { from: timeIn(from, 'filter.from') }),
    ...(typeof to === 'string' && { to: timeIn(to, 'filter.to') }),
  };
}

export function measurementFilterOf(
  input: Data<MeasurementFilterInput> | null | undefined,
): MeasurementFilter {
  const { statuses, properties, flags } = input ?? {};
  return { ...(statuses && { statuses }), ...(properties && { properties }), ...(flags && { flags }) };
}

export function attemptFilterOf(input: Data<AttemptFilterInput> | null | undefined): AttemptFilter {
  const { states, stations } = input ?? {};
  return { ...(states && { states }), ...(stations && { stations }) };
}

const looksLikeTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

function timeIn(text: string, field: string): string {
  const time = looksLikeTime.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(time)) refuse(`${field} is "${text}"; a time is written as 2026-01-31T12:00:00Z`);
  return new Date(time).toISOString();
}
