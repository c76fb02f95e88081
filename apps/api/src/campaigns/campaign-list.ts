import type { CampaignOrder } from '@ionloop/engine';
import { Field, InputType } from '@nestjs/graphql';
import { connectionClass } from '../graphql/connection.js';
import { CampaignOrderEnum } from '../graphql/enums.js';
import { CampaignView } from './campaign.view.js';

export const CampaignConnection = connectionClass('Campaign', () => CampaignView);

@InputType()
export class CampaignOrderInput {
  @Field(() => CampaignOrderEnum, { defaultValue: 'created' }) readonly by!: CampaignOrder;
  @Field(() => Boolean, { defaultValue: false }) readonly descending!: boolean;
}
