import { isSilent, notFound } from '@ionloop/domain';
import type { Engine } from '@ionloop/engine';
import { Inject } from '@nestjs/common';
import {
  Args,
  Context,
  Field,
  ID,
  InputType,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import type { OperationContext } from '../graphql/context.js';
import { orUserErrors } from '../graphql/user-errors.js';
import { ENGINE } from '../parts.js';
import { StationPayload, StationView, stationView } from './station.view.js';
import type { Data } from '../graphql/data.js';

@InputType()
export class PauseStationInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => Boolean) readonly paused!: boolean;
}

@Resolver(() => StationView)
export class StationsResolver {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @Query(() => [StationView])
  async stations(): Promise<readonly Data<StationView>[]> {
    return (await this.engine.store.stations.all()).map(stationView);
  }

  @ResolveField(() => Boolean, {
    description: 'Not heard of for five minutes: nothing should be expected of it.',
  })
  async silent(
    @Parent() station: Data<StationView>,
    @Context() { loaders }: OperationContext,
  ): Promise<boolean> {
    return isSilent(station, await loaders.now.load('now'));
  }

  @Mutation(() => StationPayload)
  pauseStation(
    @Args('input', { type: () => PauseStationInput }) { id, paused }: PauseStationInput,
  ): Promise<Data<StationPayload>> {
    const { stations } = this.engine.store;
    return orUserErrors<Pick<StationPayload, 'station'>>({ station: null }, async () => {
      if ((await stations.byId(id)) === null) throw notFound('station', id);
      return { station: stationView(await stations.setPaused(id, paused)) };
    });
  }
}
