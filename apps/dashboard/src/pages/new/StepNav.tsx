import { type JSX, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { draftSteps, type FormStep, formSteps, type Step, stepAddress } from './steps.js';

interface StepNavProps {
  readonly step: Step;
  /** Of the draft campaign, once there is one. */
  readonly campaignId: string | null;
  readonly errors?: ReadonlyMap<FormStep, number>;
}

/** Where one is, and where one may go. */
export function StepNav({ step, campaignId, errors }: StepNavProps): JSX.Element {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // On a phone the steps stand in one line, longer than the page.
    const now = list.current?.querySelector<HTMLElement>('[aria-current=step]');
    if (list.current && now) list.current.scrollLeft = now.offsetLeft - list.current.offsetLeft - 16;
  }, [step]);
  const entry = (key: Step, title: string, number: number, open: boolean): JSX.Element => {
    const wrong = errors?.get(key as FormStep) ?? 0;
    const content = (
      <>
        <span className="step-number" aria-hidden="true">
          {number}
        </span>
        {title}
        {wrong > 0 ? (
          <span className="badge bad">
            {wrong}
            <span className="visually-hidden"> {wrong === 1 ? 'field needs' : 'fields need'} attention</span>
          </span>
        ) : null}
      </>
    );
    return (
      <li key={key}>
        {open ? (
          <Link to={stepAddress(key, campaignId)} aria-current={key === step ? 'step' : undefined}>
            {content}
          </Link>
        ) : (
          <span className="step-closed">{content}</span>
        )}
      </li>
    );
  };
  return (
    <nav className="step-nav" aria-label="Steps">
      <ol ref={list}>
        {formSteps.map(({ key, title }, i) => entry(key, title, i + 1, campaignId === null))}
        {draftSteps.map(({ key, title }, i) =>
          entry(key, title, formSteps.length + i + 1, campaignId !== null),
        )}
      </ol>
    </nav>
  );
}
