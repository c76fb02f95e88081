import { type JSX, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Trouble } from './States.js';

export interface Question {
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly confirm: string;
  /** Carries it out; a sentence is what stands in the way. */
  readonly act: (reason: string) => Promise<string | null>;
}

/** Asks for the reason that a decision is kept with. */
export function ReasonDialog({
  question,
  onClose,
  wide = false,
  children,
}: {
  readonly question: Question;
  readonly onClose: () => void;
  readonly wide?: boolean;
  /** What else is asked, above the reason. */
  readonly children?: ReactNode;
}): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const id = useId();

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  const submit = async (): Promise<void> => {
    if (reason.trim() === '') {
      setProblem('Please write a reason: it is kept with the decision.');
      return;
    }
    setBusy(true);
    const answer = await question.act(reason.trim());
    setBusy(false);
    if (answer === null) dialog.current?.close();
    else setProblem(answer);
  };

  return (
    <dialog
      ref={dialog}
      className={wide ? 'dialog wide' : 'dialog'}
      aria-labelledby={`${id}-title`}
      onClose={onClose}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="stack-tight">
          <h2 id={`${id}-title`}>{question.title}</h2>
          <p className="soft small">{question.text}</p>
        </div>
        {children}
        <div className="field">
          <label htmlFor={`${id}-reason`}>{question.label}</label>
          <textarea
            id={`${id}-reason`}
            className="input"
            required
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
        {problem === null ? null : <Trouble what={problem} />}
        <div className="row">
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={busy}>
            {question.confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}
