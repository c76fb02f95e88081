import type { HistoryImport, HistoryOptions, ImportState, OutsidePolicy } from '@ionloop/engine';
import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Data } from '../graphql/data.js';
import { ImportStateEnum, ImportVerdictEnum, OutsidePolicyEnum } from '../graphql/enums.js';
import { DateTimeScalar } from '../graphql/scalars.js';
import { UserErrorView } from '../graphql/user-errors.js';

@ObjectType('ImportColumnMeaning')
export class ImportColumnMeaningView {
  @Field(() => String) readonly header!: string;
  @Field(() => String) readonly means!: string;
}

@ObjectType('ImportOptions', { description: 'How a table is to be understood, where it is not as it looks.' })
export class ImportOptionsView {
  @Field(() => [ImportColumnMeaningView], { description: 'What was said of columns; the rest as they look.' })
  readonly columns!: readonly Data<ImportColumnMeaningView>[];
  @Field(() => String, { nullable: true }) readonly encoding!: string | null;
  @Field(() => String, { nullable: true }) readonly delimiter!: string | null;
  @Field(() => String, { nullable: true, description: 'point or comma' }) readonly decimal!: string | null;
  @Field(() => Boolean) readonly skipBad!: boolean;
  @Field(() => Boolean) readonly force!: boolean;
  @Field(() => Boolean) readonly keepDuplicates!: boolean;
  @Field(() => OutsidePolicyEnum) readonly outside!: OutsidePolicy;
}

@ObjectType('ImportProgress', { description: 'Of the survey, or of the writing: of what is done just now.' })
export class ImportProgressView {
  @Field(() => Int) readonly rows!: number;
  @Field(() => Int, { nullable: true, description: 'Of so many; null while nobody knows.' })
  readonly rowsInAll!: number | null;
  @Field(() => Int) readonly bad!: number;
  @Field(() => Int, { description: 'Rows that are in the campaign, or were found to be there.' })
  readonly written!: number;
  @Field(() => Float, { description: 'The share of the file that was read.' }) readonly share!: number;
  @Field(() => Float, { nullable: true }) readonly rowsPerSecond!: number | null;
  @Field(() => Float, { nullable: true }) readonly secondsLeft!: number | null;
}

@ObjectType('ImportColumn')
export class ImportColumnView {
  @Field(() => String) readonly header!: string;
  @Field(() => String, { description: '`ignored` where nothing is made of it.' }) readonly means!: string;
  @Field(() => String, { nullable: true }) readonly unit!: string | null;
  @Field(() => Boolean, { description: 'The header does not name the unit: it is the campaign’s.' })
  readonly isAssumed!: boolean;
}

@ObjectType('ImportProblem')
export class ImportProblemView {
  @Field(() => String, { nullable: true, description: 'Null where it is about no column in particular.' })
  readonly header!: string | null;
  @Field(() => String) readonly message!: string;
}

@ObjectType('ImportPreviewRow')
export class ImportPreviewRowView {
  @Field(() => Int) readonly line!: number;
  @Field(() => [String], { description: 'As they stand in the table.' }) readonly cells!: readonly string[];
  @Field(() => ImportVerdictEnum, {
    nullable: true,
    description: 'What the row comes to; null as long as there are problems.',
  })
  readonly verdict!: string | null;
  @Field(() => String, { nullable: true, description: 'The header of the column that is wrong.' })
  readonly column!: string | null;
  @Field(() => String, { nullable: true, description: 'What is wrong, or why the point lies outside.' })
  readonly reason!: string | null;
}

@ObjectType('ImportPreview', { description: 'The table as it is understood.' })
export class ImportPreviewView {
  @Field(() => String) readonly encoding!: string;
  @Field(() => String) readonly delimiter!: string;
  @Field(() => String, { description: 'point or comma' }) readonly decimal!: string;
  @Field(() => [String], { description: 'What a column of this campaign’s tables may mean.' })
  readonly meanings!: readonly string[];
  @Field(() => [ImportColumnView]) readonly columns!: readonly Data<ImportColumnView>[];
  @Field(() => [ImportProblemView], { description: 'As long as there is one, rows are not judged.' })
  readonly problems!: readonly Data<ImportProblemView>[];
  @Field(() => [ImportPreviewRowView], { description: 'The first twenty.' })
  readonly rows!: readonly Data<ImportPreviewRowView>[];
}

@ObjectType('ImportBadRow')
export class ImportBadRowView {
  @Field(() => Int) readonly line!: number;
  @Field(() => String, { nullable: true, description: 'Its header; null where the row as a whole is wrong.' })
  readonly column!: string | null;
  @Field(() => String) readonly reason!: string;
}

@ObjectType('ImportReport', { description: 'What would be imported or, once it is done, what was.' })
export class ImportReportView {
  @Field(() => Int) readonly rows!: number;
  @Field(() => Int, { description: 'Rows that bring something new.' }) readonly good!: number;
  @Field(() => Int) readonly experiments!: number;
  @Field(() => Int) readonly measurements!: number;
  @Field(() => Int, { description: 'Of the measurements, those of a point that has one already.' })
  readonly replicates!: number;
  @Field(() => Int, { description: 'Of the experiments, those that ended without a value.' })
  readonly failures!: number;
  @Field(() => Int, { description: 'Rows that say again what is known; they are left out.' })
  readonly duplicates!: number;
  @Field(() => Int, { description: 'Rows of points outside of the space that were left out, or kept.' })
  readonly outside!: number;
  @Field(() => Int) readonly bad!: number;
  @Field(() => [Int], { description: 'The first thousand.' }) readonly duplicateLines!: readonly number[];
  @Field(() => [ImportBadRowView]) readonly badRows!: readonly Data<ImportBadRowView>[];
  @Field(() => String, { description: 'Where all of the bad rows are as a CSV.' })
  readonly badRowsPath!: string;
  @Field(() => Boolean, { description: 'The same file was imported before: this is what was said then.' })
  readonly isRepeated!: boolean;
}

@ObjectType('Import', {
  description: 'A table of results on its way into a campaign: brought, looked at, and written by a worker.',
})
export class ImportView {
  @Field(() => ID) readonly id!: string;
  @Field(() => ID) readonly campaignId!: string;
  @Field(() => String) readonly fileName!: string;
  @Field(() => Float) readonly bytes!: number;
  @Field(() => String) readonly sha256!: string;
  @Field(() => ImportStateEnum) readonly state!: ImportState;
  @Field(() => ImportOptionsView) readonly options!: Data<ImportOptionsView>;
  @Field(() => ImportProgressView) readonly progress!: Data<ImportProgressView>;
  @Field(() => ImportPreviewView, { nullable: true }) readonly preview!: Data<ImportPreviewView> | null;
  @Field(() => ImportReportView, { nullable: true }) readonly report!: Data<ImportReportView> | null;
  @Field(() => String, { nullable: true, description: 'Why it failed.' }) readonly error!: string | null;
  @Field(() => String) readonly createdBy!: string;
  @Field(() => DateTimeScalar) readonly createdAt!: string;
  @Field(() => DateTimeScalar, { nullable: true }) readonly startedAt!: string | null;
  @Field(() => DateTimeScalar, { nullable: true }) readonly endedAt!: string | null;
}

@ObjectType('ImportPayload')
export class ImportPayload {
  @Field(() => ImportView, { nullable: true }) readonly import!: Data<ImportView> | null;
  @Field(() => [UserErrorView]) readonly userErrors!: readonly Data<UserErrorView>[];
}

export const importView = (one: HistoryImport): Data<ImportView> => ({
  id: one.id,
  campaignId: one.campaignId,
  fileName: one.fileName,
  bytes: one.bytes,
  sha256: one.sha256,
  state: one.state,
  options: optionsView(one.options),
  progress: progressView(one),
  preview: previewView(one),
  report: reportView(one),
  error: one.error,
  createdBy: one.actor.name,
  createdAt: one.createdAt,
  startedAt: one.startedAt,
  endedAt: one.endedAt,
});

const optionsView = ({ map = {}, ...options }: HistoryOptions): Data<ImportOptionsView> => ({
  columns: Object.entries(map).map(([header, means]) => ({ header, means })),
  encoding: options.encoding ?? null,
  delimiter: options.delimiter ?? null,
  decimal: options.decimal ?? null,
  skipBad: options.skipBad ?? false,
  force: options.force ?? false,
  keepDuplicates: options.keepDuplicates ?? false,
  outside: options.outside ?? 'refuse',
});

function progressView(one: HistoryImport): Data<ImportProgressView> {
  const { progress, bytes, report, startedAt, touchedAt, state } = one;
  const { rows, bad, written } = progress;
  const seconds = startedAt === null ? 0 : (Date.parse(touchedAt) - Date.parse(startedAt)) / 1000;
  const share = state === 'surveyed' || state === 'done' ? 1 : bytes === 0 ? 0 : progress.bytes / bytes;
  const isMoving = (state === 'surveying' || state === 'importing') && seconds > 0 && rows > 0;
  return {
    rows,
    rowsInAll: report?.rows ?? null,
    bad,
    written,
    share,
    rowsPerSecond: seconds > 0 && rows > 0 ? rows / seconds : null,
    secondsLeft: isMoving && share > 0 ? (seconds * (1 - share)) / share : null,
  };
}

function previewView({ preview }: HistoryImport): Data<ImportPreviewView> | null {
  if (preview === null) return null;
  const { file, columns, meanings, problems, rows } = preview;
  const { encoding, delimiter, decimal } = file;
  return {
    ...{ encoding, delimiter, decimal, meanings, columns },
    problems: problems.map(({ header, message }) => ({ header, message })),
    rows: rows.map(({ line, cells, verdict }) => ({
      line,
      cells,
      verdict: verdict?.kind ?? null,
      column: verdict?.column ?? null,
      reason: verdict?.reason ?? null,
    })),
  };
}

function reportView({ id, report, options }: HistoryImport): Data<ImportReportView> | null {
  if (report === null) return null;
  const { rows, bad, duplicates } = report;
  const leftOut = options.outside === 'skip' ? report.outside : 0;
  return {
    ...report,
    good: rows - bad - duplicates - leftOut,
    badRowsPath: `/v1/imports/${id}/bad-rows`,
  };
}
