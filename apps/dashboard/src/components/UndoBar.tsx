import { type JSX, useState } from 'react';
import { Trouble } from './States.js';

/** A decision that was just taken, and the way back as long as nothing has come of it. */
export interface Done {
  readonly what: string;
  readonly undo: () => Promise<string | null>;
}

export function UndoBar({
  done,
  onClose,
}: {
  readonly done: Done;
  readonly onClose: () => void;
}): JSX.Element {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const undo = async (): Promise<void> => {
    setBusy(true);
    const answer = await done.undo();
    setBusy(false);
    if (answer === null) onClose();
    else setProblem(answer);
  };
  return (
    <div className="row" role="status">
      <span>{done.what}</span>
      <button type="button" className="button small" disabled={busy} onClick={() => void undo()}>
        Undo
      </button>
      <button type="button" className="button quiet small" onClick={onClose}>
        Dismiss
      </button>
      {problem === null ? null : <Trouble what="It could not be undone." why={problem} />}
    </div>
  );
}
