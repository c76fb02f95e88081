import { useOutletContext } from 'react-router';
import type { FeedState } from '../../api/event-feed.js';
import type { ModelQuery } from '../../api/generated/graphql.js';
import type { CampaignWhole } from '../../api/use-campaign.js';
import type { Space } from '../../api/space.js';
import type { CampaignEvent } from '../../api/use-events.js';
import type { Experiments } from '../../api/use-experiments.js';
import type { MapPoint } from '../../plots/map-data.js';

export type LatestModel = NonNullable<NonNullable<ModelQuery['campaign']>['latestModel']>;

/** What a campaign's views share, kept up to date by its events. */
export interface CampaignData {
  readonly campaign: CampaignWhole;
  readonly space: Space;
  readonly open: Experiments;
  readonly finished: Experiments;
  /** All experiments as points of the space. */
  readonly points: readonly MapPoint[];
  /** The number of an experiment by its id or an attempt's. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly model: LatestModel | null;
  readonly modelLoaded: boolean;
  readonly modelProblem: string | null;
  readonly events: readonly CampaignEvent[];
  readonly feed: FeedState;
  /** Something was decided: what it changes is asked for again. */
  readonly onDone: () => void;
}

export const useCampaignData = (): CampaignData => useOutletContext<CampaignData>();
