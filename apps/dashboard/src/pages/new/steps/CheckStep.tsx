import type { JSX } from 'react';
import { Link } from 'react-router';
import { Panel } from '../../../components/Panel.js';
import { Trouble } from '../../../components/States.js';
import { plural } from '../../../format/words.js';
import type { Draft } from '../draft/draft.js';
import { fieldId } from '../../../components/Field.js';
import type { PlacedErrors } from '../field-errors.js';
import { formSteps, stepAddress, stepOfField } from '../steps.js';
import { summaryOf } from '../summary.js';

interface CheckStepProps {
  readonly draft: Draft;
  readonly errors: PlacedErrors;
}

/** All of it in words, and what is still missing. */
export function CheckStep({ draft, errors }: CheckStepProps): JSX.Element {
  const missing = [...errors.atFields];
  return (
    <Panel title="Check and create" note="What was said, step by step. Nothing is made before you create it.">
      <div className="stack">
        {missing.length === 0 ? null : (
          <div className="notice bad" role="alert">
            <div className="stack-tight">
              <strong>
                {missing.length === 1
                  ? 'One field needs your attention.'
                  : `${plural(missing.length, 'field')} need your attention.`}
              </strong>
              <ul className="plain-list">
                {missing.map(([path, message]) => (
                  <li key={path}>
                    <Link to={`${stepAddress(stepOfField(path))}#${fieldId(path)}`}>{message}</Link>
                    <span className="small"> · {titleOf(stepOfField(path))}</span>
                  </li>
                ))}
              </ul>
            </div>
          </div>
        )}
        {errors.others.length > 0 ? (
          <Trouble what="The campaign was not created." why={errors.others.join(' ')} />
        ) : null}
        <dl className="summary">
          {summaryOf(draft).map(({ step, lines }) => (
            <div key={step}>
              <dt>
                <Link to={stepAddress(step)}>{titleOf(step)}</Link>
              </dt>
              <dd>
                <ul className="plain-list">
                  {lines.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Panel>
  );
}

const titleOf = (step: string): string => formSteps.find(({ key }) => key === step)?.title ?? '';
