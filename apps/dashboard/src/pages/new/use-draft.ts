import { useCallback, useEffect, useState } from 'react';
import { blank, type Draft } from './draft/draft.js';
import { forgetDraft, keepDraft, keptDraft } from './draft/stored.js';

export interface KeptForm {
  readonly draft: Draft;
  readonly template: string | null;
  /** When what is shown was last changed, where it was found and not typed now. */
  readonly foundFrom: string | null;
  /** Whether it will be here when the page is opened again. */
  readonly isKept: boolean;
  readonly change: (part: Partial<Draft>) => void;
  readonly begin: (template: string | null, draft: Draft) => void;
  readonly forget: () => void;
}

/** The draft, kept in this browser while the page is closed. */
export function useDraft(): KeptForm {
  const [found] = useState(keptDraft);
  const [form, setForm] = useState({ draft: found?.draft ?? blank, template: found?.template ?? null });
  const [foundFrom, setFoundFrom] = useState(found?.at ?? null);
  const [isKept, setKept] = useState(true);
  const [touched, setTouched] = useState(false);

  useEffect(() => {
    if (touched) setKept(keepDraft(form, new Date()));
  }, [form, touched]);

  const change = useCallback((part: Partial<Draft>): void => {
    setTouched(true);
    setForm((before) => ({ ...before, draft: { ...before.draft, ...part } }));
  }, []);
  const begin = useCallback((template: string | null, draft: Draft): void => {
    setTouched(true);
    setFoundFrom(null);
    setForm({ template, draft });
  }, []);
  const forget = useCallback((): void => {
    setTouched(false);
    setFoundFrom(null);
    setForm({ draft: blank, template: null });
    forgetDraft();
  }, []);
  return { ...form, foundFrom, isKept, change, begin, forget };
}
