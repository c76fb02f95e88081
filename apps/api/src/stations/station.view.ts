import type { Json, Station } from '@ionloop/domain';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar, JsonScalar } from '../graphql/scalars.js';
import { UserErrorView } from '../graphql/user-errors.js';
import type { Data } from '../graphql/data.js';
import { NodeView } from '../graphql/node.js';

@ObjectType('Station', { implements: () => NodeView })
export class StationView {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => String) readonly bootId!: string;
  @Field(() => [String]) readonly properties!: readonly string[];
  @Field(() => Boolean) readonly paused!: boolean;
  @Field(() => DateTimeScalar) readonly lastSeenAt!: string;
  @Field(() => JsonScalar, { description: 'What it holds and can be set to, as it said at its start.' })
  readonly limits!: Json;
}

export const stationView = (station: Station): Data<StationView> => ({
  ...station,
  limits: station.limits as unknown as Json,
});

@ObjectType('StationPayload')
export class StationPayload {
  @Field(() => StationView, { nullable: true }) readonly station!: Data<StationView> | null;
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}
