import type { Json, RecordedEvent } from '@ionloop/domain';
import { describeEvent } from '@ionloop/engine';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar, JsonScalar } from '../graphql/scalars.js';
import type { Data } from '../graphql/data.js';

@ObjectType('CampaignEvent')
export class CampaignEventView {
  @Field(() => Int) readonly seq!: number;
  @Field(() => String) readonly type!: string;
  @Field(() => DateTimeScalar) readonly at!: string;
  @Field(() => String) readonly actor!: string;
  @Field(() => String, { description: 'One sentence that says what happened.' }) readonly summary!: string;
  @Field(() => JsonScalar) readonly payload!: Json;
  @Field(() => String) readonly hash!: string;
}

export function eventView({ seq, at, actor, event, hash }: RecordedEvent): Data<CampaignEventView> {
  const { type, ...payload } = event;
  return { seq, type, at, actor: actor.name, summary: describeEvent(event), payload: payload as Json, hash };
}
