import { type JSX, useContext, useId, useState } from 'react';
import { Field, FieldErrors, fieldId, TextField } from '../../../components/Field.js';
import { formulaText, isPlainFormula } from '../../../format/formula.js';
import { plural } from '../../../format/words.js';
import {
  type ColumnKind,
  columnKinds,
  type PoolColumn,
  type PoolDraft,
  poolFromText,
} from '../draft/pool.js';
import { replaced } from '../lists.js';

interface PoolEditorProps {
  readonly path: string;
  readonly pool: PoolDraft;
  readonly onChange: (pool: PoolDraft) => void;
}

const kindWords: Readonly<Record<ColumnKind, string>> = {
  id: 'names the candidate',
  number: 'a number',
  log: 'a number over decades',
  category: 'a category',
  amount: 'an amount of a component',
  formula: 'a formula: elements and descriptors',
  ignore: 'not looked at',
};
const shownRows = 6;

/** Candidates from a table: a file, or text that is pasted. */
export function PoolEditor({ path, pool, onChange }: PoolEditorProps): JSX.Element {
  const errors = useContext(FieldErrors);
  const { columns, rows } = pool;
  const [problem, setProblem] = useState<string | null>(null);
  const [pasted, setPasted] = useState('');
  const id = useId();
  const complaints = [`${path}.candidates`, `${path}.features`].flatMap((one) => errors.get(one) ?? []);

  const read = (text: string): void => {
    const next = poolFromText(pool.name, text, isPlainFormula);
    if (typeof next === 'string') {
      setProblem(next);
      return;
    }
    setProblem(null);
    setPasted('');
    onChange(next);
  };
  const open = async (file: File | undefined): Promise<void> => {
    if (file) read(await file.text());
  };
  const setColumn = (j: number, column: PoolColumn): void => {
    // One column names the candidates.
    const others =
      column.as === 'id' ? columns.map((one) => (one.as === 'id' ? ignored(one) : one)) : columns;
    onChange({ ...pool, columns: replaced(others, j, column) });
  };

  return (
    <>
      <div className="form-grid">
        <TextField
          path={`${path}.name`}
          label="Pool"
          required
          value={pool.name}
          onChange={(name) => onChange({ ...pool, name })}
        />
        <Field
          path={`${path}.candidates`}
          label="Table of candidates (CSV)"
          hint="A line of headers, then a candidate a line; formulas are read as what they are made of"
          control={(props) => (
            <input
              {...props}
              type="file"
              accept=".csv,.tsv,.txt,text/csv,text/plain"
              onChange={(event) => void open(event.target.files?.[0])}
            />
          )}
        />
      </div>
      <details>
        <summary>Paste a table instead</summary>
        <div className="stack-tight">
          <div className="field">
            <label htmlFor={`${id}-paste`}>Table</label>
            <textarea
              id={`${id}-paste`}
              className="input mono"
              rows={5}
              spellCheck={false}
              placeholder={'formula,price\nLi7La3Zr2O12,3\nLi6PS5Cl,5'}
              value={pasted}
              onChange={(event) => setPasted(event.target.value)}
            />
          </div>
          <div>
            <button type="button" className="button small" onClick={() => read(pasted)}>
              Read the table
            </button>
          </div>
        </div>
      </details>
      {problem === null ? null : (
        <p className="notice bad" role="alert">
          {problem}
        </p>
      )}
      {complaints.slice(1).map((message) => (
        <p key={message} className="notice bad">
          {message}
        </p>
      ))}
      {rows.length === 0 ? null : (
        <div
          className="table-scroll"
          id={fieldId(`${path}.features`)}
          tabIndex={0}
          role="region"
          aria-label={`Candidates of ${pool.name}`}
        >
          <table className="table">
            <thead>
              <tr>
                {columns.map((column, j) => (
                  <th key={j} scope="col">
                    <div className="stack-tight">
                      {column.name}
                      <select
                        className="input small"
                        aria-label={`What ${column.name} is`}
                        value={column.as}
                        onChange={(event) =>
                          setColumn(j, {
                            ...column,
                            as: columnKinds.find((one) => one === event.target.value) ?? 'ignore',
                          })
                        }
                      >
                        {columnKinds.map((one) => (
                          <option key={one} value={one}>
                            {kindWords[one]}
                          </option>
                        ))}
                      </select>
                    </div>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, shownRows).map((row, i) => (
                <tr key={i}>
                  {columns.map(({ as }, j) => (
                    <td key={j} className={as === 'ignore' ? 'soft' : undefined}>
                      {formulaText(row[j] ?? '')}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length === 0 ? null : (
        <p className="small soft">
          {plural(rows.length, 'candidate')}
          {rows.length > shownRows ? `, of which the first ${shownRows} are shown` : ''}.
        </p>
      )}
    </>
  );
}

const ignored = (column: PoolColumn): PoolColumn => ({ ...column, as: 'ignore' });
