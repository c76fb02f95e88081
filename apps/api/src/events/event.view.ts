import type { Actor, CampaignEvent, Json, RecordedEvent } from '@ionloop/domain';
import { describeEvent } from '@ionloop/engine';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { ActorKindEnum } from '../graphql/enums.js';
import { DateTimeScalar, JsonScalar } from '../graphql/scalars.js';
import type { Data } from '../graphql/data.js';

@ObjectType('CampaignEvent')
export class CampaignEventView {
  @Field(() => Int) readonly seq!: number;
  @Field(() => String) readonly type!: string;
  @Field(() => DateTimeScalar) readonly at!: string;
  @Field(() => String) readonly actor!: string;
  @Field(() => ActorKindEnum) readonly actorKind!: Actor['kind'];
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'What a person showed: a token by its id, or issuer and subject of OpenID Connect.',
  })
  readonly via!: Json;
  @Field(() => String, { description: 'One sentence that says what happened.' }) readonly summary!: string;
  @Field(() => String, { nullable: true, description: 'The reason that was given.' })
  readonly why!: string | null;
  @Field(() => JsonScalar) readonly payload!: Json;
  @Field(() => String) readonly hash!: string;
}

export function eventView({ seq, at, actor, event, hash }: RecordedEvent): Data<CampaignEventView> {
  const { type, ...payload } = event;
  return {
    ...{ seq, type, at, hash, why: whyOf(event) },
    actor: actor.name,
    actorKind: actor.kind,
    via: actor.via ?? null,
    summary: describeEvent(event),
    payload: payload as Json,
  };
}

function whyOf(event: CampaignEvent): string | null {
  if ('note' in event) return event.note;
  if ('reason' in event) return event.reason;
  if ('message' in event) return event.message;
  return event.type === 'experiment.added' ? event.experiment.reason : null;
}
