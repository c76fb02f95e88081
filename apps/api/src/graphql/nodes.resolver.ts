import type { Engine, NodeKind } from '@ionloop/engine';
import { Inject } from '@nestjs/common';
import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { campaignView } from '../campaigns/campaign.view.js';
import { attemptView } from '../experiments/attempt.view.js';
import { experimentView } from '../experiments/experiment.view.js';
import { modelView } from '../models/model.view.js';
import { ENGINE } from '../parts.js';
import { screenView } from '../screens/screen.view.js';
import { stationView } from '../stations/station.view.js';
import type { OperationContext } from './context.js';
import { count } from './count.js';
import type { Loaders } from './loaders.js';
import { type NodeData, NodeView } from './node.js';

const mostAtOnce = 500;

@Resolver()
export class NodesResolver {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @Query(() => NodeView, { nullable: true, description: 'Whatever has this id; null where nothing has.' })
  async node(
    @Args('id', { type: () => ID }) id: string,
    @Context() { loaders }: OperationContext,
  ): Promise<NodeData | null> {
    const [found = null] = await this.find([id], loaders);
    return found;
  }

  @Query(() => [NodeView], {
    nullable: 'items',
    description: `One for each id, in their order, at most ${mostAtOnce}; null where nothing has it.`,
  })
  nodes(
    @Args('ids', { type: () => [ID] }) ids: readonly string[],
    @Context() { loaders }: OperationContext,
  ): Promise<readonly (NodeData | null)[]> {
    count(ids.length, 'the number of ids', { min: 0, max: mostAtOnce });
    return this.find(ids, loaders);
  }

  private async find(ids: readonly string[], loaders: Loaders): Promise<readonly (NodeData | null)[]> {
    const kinds = await this.engine.store.read.lists.kinds([...new Set(ids)]);
    return Promise.all(
      ids.map(async (id) => {
        const kind = kinds.get(id);
        return kind === undefined ? null : nodeOf[kind](id, loaders);
      }),
    );
  }
}

const seen =
  <T extends object>(
    __typename: string,
    load: (id: string, loaders: Loaders) => Promise<T | null>,
    view: (found: T) => { readonly id: string },
  ) =>
  async (id: string, loaders: Loaders): Promise<NodeData | null> => {
    const found = await load(id, loaders);
    return found && { ...view(found), __typename };
  };

const nodeOf: Readonly<Record<NodeKind, (id: string, loaders: Loaders) => Promise<NodeData | null>>> = {
  campaign: seen('Campaign', (id, { campaign }) => campaign.load(id), campaignView),
  experiment: seen('Experiment', (id, { experiment }) => experiment.load(id), experimentView),
  attempt: seen('Attempt', (id, { attempt }) => attempt.load(id), attemptView),
  measurement: seen(
    'Measurement',
    (id, { measurement }) => measurement.load(id),
    (found) => found,
  ),
  attachment: seen(
    'Artifact',
    (id, { attachment }) => attachment.load(id),
    (found) => found,
  ),
  model: seen('Model', (id, { model }) => model.load(id), modelView),
  station: seen('Station', (id, { station }) => station.load(id), stationView),
  screen: seen('Screen', (id, { screen }) => screen.load(id), screenView),
};
