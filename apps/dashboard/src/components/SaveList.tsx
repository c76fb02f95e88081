import { type JSX, useState } from 'react';
import { csvText, type Table } from '../format/csv.js';
import { fileName, saveFile } from '../format/save-file.js';

interface SaveListProps {
  readonly name: string;
  /** What is saved, for those who hear the button. */
  readonly what: string;
  readonly total: number;
  /** Reads the whole list; a sentence is what stands in the way. */
  readonly read: (onCount: (read: number) => void) => Promise<Table | string>;
  readonly onProblem: (problem: string | null) => void;
}

/** Saves a list as it is filtered and sorted, to its end and not only what is on the page. */
export function SaveList({ name, what, total, read, onProblem }: SaveListProps): JSX.Element {
  const [count, setCount] = useState<number | null>(null);
  const save = async (): Promise<void> => {
    setCount(0);
    const table = await read(setCount);
    setCount(null);
    onProblem(typeof table === 'string' ? table : null);
    if (typeof table !== 'string') saveFile(`${fileName(name)}.csv`, 'text/csv', csvText(table));
  };
  return (
    <button
      type="button"
      className="button quiet small"
      disabled={count !== null || total === 0}
      onClick={() => void save()}
    >
      {count === null ? 'CSV' : `${count.toLocaleString('en')} of ${total.toLocaleString('en')}`}
      <span className="visually-hidden"> of {what}</span>
    </button>
  );
}
