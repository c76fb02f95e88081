import { type JSX, useEffect, useRef } from 'react';
import { fieldId } from '../../components/Field.js';

interface Kind<K extends string> {
  readonly kind: K;
  readonly label: string;
  readonly about: string;
}

/** What can be added to a list, a button for each kind. */
export const KindsToAdd = <K extends string>({
  kinds,
  onAdd,
}: {
  readonly kinds: readonly Kind<K>[];
  readonly onAdd: (kind: K) => void;
}): JSX.Element => (
  <div className="stack-tight">
    <h3>Add</h3>
    <div className="kinds">
      {kinds.map(({ kind, label, about }) => (
        <button key={kind} type="button" className="template" onClick={() => onAdd(kind)}>
          <strong>{label}</strong>
          <span>{about}</span>
        </button>
      ))}
    </div>
  </div>
);

/** Takes an entry out; who hears the page hears which. */
export const RemoveButton = ({
  what,
  onRemove,
}: {
  readonly what: string;
  readonly onRemove: () => void;
}): JSX.Element => (
  <button type="button" className="button quiet small remove" onClick={onRemove}>
    Remove<span className="visually-hidden"> {what}</span>
  </button>
);

/** Who adds an entry to a list goes on in its first field: call what is returned as it is added. */
export function useFocusOnAdded(length: number, firstFieldOf: (index: number) => string): () => void {
  const added = useRef(-1);
  useEffect(() => {
    if (added.current < 0) return;
    document.getElementById(fieldId(firstFieldOf(added.current)))?.focus();
    added.current = -1;
  }, [length]);
  return () => {
    added.current = length;
  };
}
