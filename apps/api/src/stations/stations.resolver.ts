import { isSilent, type Token } from '@ionloop/domain';
import { type Engine, pageIn, pauseStation } from '@ionloop/engine';
import { Inject } from '@nestjs/common';
import { Args, Field, ID, InputType, Mutation, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { actorOf } from '../access/actor.js';
import { Caller } from '../access/caller.js';
import {
  connectionClass,
  type ConnectionOf,
  connectionOf,
  PageArgs,
  pagingOf,
} from '../graphql/connection.js';
import type { OperationContext } from '../graphql/context.js';
import { orUserErrors } from '../graphql/user-errors.js';
import { ENGINE } from '../parts.js';
import { StationPayload, StationView, stationView } from './station.view.js';
import type { Data } from '../graphql/data.js';

const StationConnection = connectionClass('Station', () => StationView);

@InputType()
export class PauseStationInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => Boolean) readonly paused!: boolean;
}

@Resolver(() => StationView)
export class StationsResolver {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @Query(() => StationConnection, { description: 'By name.' })
  async stations(@Args() page: PageArgs): Promise<ConnectionOf<Data<StationView>>> {
    const paging = pagingOf(page, { name: 'stations', key: null, tie: 'text' });
    const all = await this.engine.store.stations.all();
    const listed = all.map((item) => ({ item, place: { key: null, tie: item.name } }));
    const chosen = pageIn(listed, false, paging.asked);
    return connectionOf(chosen, paging, stationView, () => Promise.resolve(all.length));
  }

  @ResolveField(() => Boolean, {
    description: 'Not heard of for five minutes: nothing should be expected of it.',
  })
  async silent(station: Data<StationView>, _args: unknown, { loaders }: OperationContext): Promise<boolean> {
    return isSilent(station, await loaders.now.load('now'));
  }

  @Mutation(() => StationPayload)
  pauseStation(
    @Args('input', { type: () => PauseStationInput }) { id, paused }: PauseStationInput,
    @Caller() caller: Token,
  ): Promise<Data<StationPayload>> {
    return orUserErrors<Pick<StationPayload, 'station'>>({ station: null }, async () => ({
      station: stationView(await pauseStation(this.engine, actorOf(caller), id, paused)),
    }));
  }
}
