import type { HistoryOptions, OutsidePolicy } from '@ionloop/engine';
import { Field, ID, InputType } from '@nestjs/graphql';
import type { Data } from '../graphql/data.js';
import { OutsidePolicyEnum } from '../graphql/enums.js';

@InputType()
export class ImportColumnMeaningInput {
  @Field(() => String) readonly header!: string;
  @Field(() => String, {
    description: 'One of the preview’s meanings, with a unit where the header has none: `temperature [K]`.',
  })
  readonly means!: string;
}

@InputType({ description: 'What is left out is as the table looks.' })
export class ImportOptionsInput {
  @Field(() => [ImportColumnMeaningInput], { nullable: true })
  readonly columns?: readonly ImportColumnMeaningInput[] | null;
  @Field(() => String, { nullable: true, description: 'utf-8, utf-16le, utf-16be or windows-1252' })
  readonly encoding?: string | null;
  @Field(() => String, { nullable: true, description: 'A comma, a semicolon, a tab or a bar.' })
  readonly delimiter?: string | null;
  @Field(() => String, { nullable: true, description: 'point or comma' }) readonly decimal?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Keep implausible values, with a flag.' })
  readonly force?: boolean | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Take rows that say the same twice for two measurements.',
  })
  readonly keepDuplicates?: boolean | null;
  @Field(() => OutsidePolicyEnum, {
    nullable: true,
    description:
      'Of points that do not lie in the space: wrong (where it is left out), left out, or kept as knowledge; nothing is ever proposed there.',
  })
  readonly outside?: OutsidePolicy | null;
}

@InputType()
export class PreviewImportInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => ImportOptionsInput, { nullable: true }) readonly options?: ImportOptionsInput | null;
  @Field(() => String, { nullable: true }) readonly idempotencyKey?: string | null;
}

@InputType()
export class StartImportInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Import the rows that can be; where it is left out and a row is bad, it is not started.',
  })
  readonly skipBad?: boolean | null;
  @Field(() => String, { nullable: true }) readonly idempotencyKey?: string | null;
}

@InputType()
export class CancelImportInput {
  @Field(() => ID) readonly id!: string;
}

/** What is null was not given; what is not of its kind is refused where the options are read. */
export function optionsOf(input: Data<ImportOptionsInput> | null | undefined): HistoryOptions {
  const { columns, ...rest }: Partial<Data<ImportOptionsInput>> = input ?? {};
  const map = columns && Object.fromEntries(columns.map(({ header, means }) => [header, means]));
  const given = { ...rest, ...(map && { map }) };
  return Object.fromEntries(Object.entries<unknown>(given).filter(([, value]) => (value ?? null) !== null));
}
