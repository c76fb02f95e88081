import type { Json } from '@ionloop/domain';
import type { AddKnowledge, KnowledgeOfCampaign, KnowledgeOfTable } from '@ionloop/engine';
import { Field, ID, InputType } from '@nestjs/graphql';
import type { Data } from '../graphql/data.js';
import { JsonScalar } from '../graphql/scalars.js';
import { ImportOptionsInput, optionsOf } from '../imports/import.inputs.js';

@InputType({ description: 'How a parameter is found in points of another campaign.' })
export class ParameterMatchInput {
  @Field(() => String, { description: 'Of this campaign.' }) readonly parameter!: string;
  @Field(() => String, { nullable: true, description: 'What the other campaign calls it.' })
  readonly from?: string | null;
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'What the other campaign held it at, where it did not vary it.',
  })
  readonly value?: Json;
}

@InputType({ description: 'The accepted results of another campaign of the workspace, as they are now.' })
export class KnowledgeOfCampaignInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => [ParameterMatchInput], {
    nullable: true,
    description: 'Those whose name is not the same in both; units are converted.',
  })
  readonly parameters?: readonly ParameterMatchInput[] | null;
  @Field(() => [String], {
    nullable: true,
    description: 'Parameters of the other campaign that nothing is made of.',
  })
  readonly ignored?: readonly string[] | null;
}

@InputType({ description: 'Results from a table, read as an import reads them.' })
export class KnowledgeOfTableInput {
  @Field(() => String) readonly fileName!: string;
  @Field(() => String, {
    description:
      'A column for each parameter or component and for each property, `sd` for a standard deviation, `doi` for where a row is from.',
  })
  readonly text!: string;
  @Field(() => String, { nullable: true, description: 'Where all of it is from: a DOI, a book.' })
  readonly citation?: string | null;
  @Field(() => ImportOptionsInput, { nullable: true }) readonly options?: ImportOptionsInput | null;
}

@InputType({ description: 'Exactly one of campaign and table.' })
export class AddKnowledgeInput {
  @Field(() => ID) readonly campaignId!: string;
  @Field(() => String, { nullable: true, description: 'That of the campaign or file where it is left out.' })
  readonly name?: string | null;
  @Field(() => KnowledgeOfCampaignInput, { nullable: true })
  readonly campaign?: KnowledgeOfCampaignInput | null;
  @Field(() => KnowledgeOfTableInput, { nullable: true }) readonly table?: KnowledgeOfTableInput | null;
  @Field(() => String, { nullable: true }) readonly idempotencyKey?: string | null;
}

@InputType()
export class RemoveKnowledgeInput {
  @Field(() => ID) readonly campaignId!: string;
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly reason!: string;
}

/** What is null was not given. */
export function addedBy(input: AddKnowledgeInput): AddKnowledge {
  const { campaignId, name, campaign, table, idempotencyKey } = input;
  return {
    campaignId,
    ...given({ name, idempotencyKey }),
    ...(campaign && { campaign: ofCampaign(campaign) }),
    ...(table && { table: ofTable(table) }),
  };
}

const ofCampaign = ({ id, parameters, ignored }: Data<KnowledgeOfCampaignInput>): KnowledgeOfCampaign => ({
  id,
  ...(parameters && {
    parameters: parameters.map(({ parameter, ...rest }) => ({ parameter, ...given(rest) })),
  }),
  ...(ignored && { ignored }),
});

const ofTable = ({ fileName, text, citation, options }: Data<KnowledgeOfTableInput>): KnowledgeOfTable => ({
  fileName,
  text,
  ...given({ citation }),
  ...(options && { options: optionsOf(options) }),
});

type Given<T> = { readonly [K in keyof T]?: NonNullable<T[K]> };

const given = <T extends object>(fields: T): Given<T> =>
  Object.fromEntries(
    Object.entries<unknown>(fields as Readonly<Record<string, unknown>>).filter(
      ([, value]) => value !== null && value !== undefined,
    ),
  ) as Given<T>;
