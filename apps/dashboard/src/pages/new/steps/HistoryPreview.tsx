import type { CampaignWhole } from '../../../api/use-campaign.js';
import { type JSX, useMemo } from 'react';
import type { BadRow, HistoryReport, ReportedColumn } from '../../../api/history.js';
import { formulaText } from '../../../format/formula.js';
import { linesIn } from '../draft/table.js';
import { meaningNow, meaningsOf } from './meanings.js';

interface HistoryPreviewProps {
  readonly campaign: CampaignWhole;
  readonly report: HistoryReport;
  /** Of the file, from its beginning. */
  readonly text: string;
  readonly map: Readonly<Record<string, string>>;
  readonly onMap: (map: Readonly<Record<string, string>>) => void;
}

const firstRows = 5;
const mostBad = 100;

/** The table as it is understood: what each column is, its first rows, and each row that is wrong with the reason. */
export function HistoryPreview({ campaign, report, text, map, onMap }: HistoryPreviewProps): JSX.Element {
  const { columns, bad, badRows } = report;
  const [head = null, ...lines] = useMemo(() => linesIn(text), [text]);
  const headers = head?.cells.map((header) => header.trim()) ?? [];
  const byLine = useMemo(() => new Map(lines.map((line) => [line.line, line.cells])), [lines]);
  const wrong = badRows.slice(0, mostBad);
  const isWrong = new Set(wrong.map(({ line }) => line));
  const good = lines.filter(({ line }) => !isWrong.has(line)).slice(0, firstRows);
  const meanings = meaningsOf(campaign).all;
  const { property } = campaign.objective;
  const at = (header: string): number => headers.indexOf(header.trim());

  return (
    <div className="stack-tight">
      <div className="table-scroll" tabIndex={0} role="region" aria-label="The table as it is understood">
        <table className="table history">
          <caption className="visually-hidden">
            The first rows, and each row that cannot be imported with the reason
          </caption>
          <thead>
            <tr>
              <th scope="col">Line</th>
              {columns.map((column) => (
                <th key={column.header} scope="col">
                  <ColumnHead
                    column={column}
                    property={property}
                    meanings={meanings}
                    told={map[column.header]}
                    onTell={(means) => onMap({ ...map, [column.header]: means })}
                  />
                </th>
              ))}
              <th scope="col">What is wrong</th>
            </tr>
          </thead>
          <tbody>
            {wrong.map((row) => (
              <BadLine
                key={`${row.line} ${row.column ?? ''}`}
                row={row}
                columns={columns}
                cells={byLine.get(row.line) ?? null}
                at={at}
              />
            ))}
            {good.map(({ line, cells }) => (
              <tr key={line}>
                <th scope="row" className="number">
                  {line}
                </th>
                {columns.map(({ header, means }) => (
                  <td key={header} className={means === 'ignored' ? 'soft' : undefined}>
                    {formulaText(cells[at(header)] ?? '')}
                  </td>
                ))}
                <td />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="small soft">
        {bad > wrong.length ? `The first ${wrong.length} of ${bad} rows that are wrong, and t` : 'T'}he first{' '}
        {good.length} that are right.
      </p>
    </div>
  );
}

interface ColumnHeadProps {
  readonly column: ReportedColumn;
  readonly property: string;
  readonly meanings: readonly { readonly value: string; readonly label: string }[];
  readonly told: string | undefined;
  readonly onTell: (means: string) => void;
}

function ColumnHead({ column, property, meanings, told, onTell }: ColumnHeadProps): JSX.Element {
  const { header, means, unit, isAssumed } = column;
  const now = told ?? meaningNow(means, property);
  const known = meanings.some(({ value }) => value === now);
  return (
    <div className="stack-tight">
      <span>{header}</span>
      <select
        className="input small"
        aria-label={`What ${header} is`}
        value={now}
        onChange={(event) => onTell(event.target.value)}
      >
        {known ? null : <option value={now}>{now}</option>}
        {meanings.map(({ value, label }) => (
          <option key={value} value={value}>
            {formulaText(label)}
          </option>
        ))}
      </select>
      <span className="small soft">
        {unit === null || unit === '' || unit === '1'
          ? '\u00a0'
          : `in ${unit}${isAssumed ? ', as nothing is said' : ''}`}
      </span>
    </div>
  );
}

interface BadLineProps {
  readonly row: BadRow;
  readonly columns: readonly ReportedColumn[];
  readonly cells: readonly string[] | null;
  readonly at: (header: string) => number;
}

const BadLine = ({ row, columns, cells, at }: BadLineProps): JSX.Element => (
  <tr className="bad-row">
    <th scope="row" className="number">
      {row.line}
    </th>
    {columns.map(({ header }) => (
      <td key={header} className={row.column === header ? 'bad-cell' : undefined}>
        {cells === null ? '…' : (cells[at(header)] ?? '')}
      </td>
    ))}
    <td className="reason">{row.column === null ? row.reason : `${row.column}: ${row.reason}`}</td>
  </tr>
);
