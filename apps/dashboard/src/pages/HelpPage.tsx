import { type JSX, useEffect } from 'react';
import { Link, useLocation } from 'react-router';
import { useQuery } from 'urql';
import { CampaignsDocument } from '../api/generated/graphql.js';
import { usePageTitle } from '../components/hooks.js';
import { Panel } from '../components/Panel.js';
import { readingId, readingKeys, readings } from '../plots/readings.js';
import { stopAddress } from '../tour/stops.js';
import { campaignToTour } from '../tour/TourOffer.js';

/** How the loop goes, what its words and numbers mean, and the tour. */
export default function HelpPage(): JSX.Element {
  usePageTitle('Help');
  useNamedPart();
  const [{ data }] = useQuery({ query: CampaignsDocument });
  const campaign = campaignToTour(data?.campaigns.nodes ?? []);
  return (
    <div className="stack">
      <div className="page-head">
        <div>
          <h1>Help</h1>
          <p className="soft">The loop in a minute, and what the numbers say.</p>
        </div>
      </div>
      <Panel title="Guided tour" note="Eight stops on a real campaign; leave it whenever you like.">
        {campaign === null ? (
          <p className="soft">
            There is no campaign to show yet. <Link to="/new">Create one</Link>, and the tour goes over it.
          </p>
        ) : (
          <Link className="button primary" to={stopAddress(campaign.id, 0)}>
            Take the tour
          </Link>
        )}
      </Panel>
      <Panel title="The loop">
        <ol className="numbered">
          <li>You say what may be varied, what must hold and what is wanted: a campaign.</li>
          <li>The planner proposes experiments, each with what it expects and why.</li>
          <li>You approve, change, reject or add; or you let it approve by itself.</li>
          <li>Stations claim what is approved, make it, measure it and hand results in.</li>
          <li>Results are checked; what is implausible, late or lost in contact waits for you.</li>
          <li>The model learns from results and failures, and the planner proposes again.</li>
        </ol>
      </Panel>
      <Panel title="What the numbers say">
        <dl className="summary">
          {words.map(([word, meaning]) => (
            <div key={word}>
              <dt>{word}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <Panel title="How to read each figure" note="Every figure has a link to what is said of it here.">
        <dl className="summary">
          {readingKeys.map((key) => (
            <div key={key} id={readingId(key)} tabIndex={-1}>
              <dt>{readings[key].title}</dt>
              <dd>{readings[key].text}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <Panel title="With the keyboard">
        <dl className="summary">
          {keys.map(([key, what]) => (
            <div key={key}>
              <dt>{key}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </Panel>
    </div>
  );
}

/** Goes to the part that the address names, after the page itself took the focus. */
function useNamedPart(): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (hash === '') return;
    const frame = requestAnimationFrame(() => {
      const part = document.getElementById(hash.slice(1));
      part?.scrollIntoView({ block: 'center' });
      part?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [hash]);
}

const words = [
  [
    '1.2 × 10⁻³ S/cm (95 %: 0.8 to 1.9 × 10⁻³)',
    'What is expected, and between which values the property itself lies with a probability of 95 % if the model is right. The noise of the measurement comes on top.',
  ],
  [
    'Models’ scale',
    'A property that spans decades is modelled by its log₁₀: an error of 0.3 there is a factor of two.',
  ],
  [
    'RMSE',
    'How far off predictions of results are that the model had not seen: their root mean square, on the models’ scale.',
  ],
  [
    'Calibration',
    'How many results lie inside intervals that should hold 50, 80 or 95 % of them. As many as promised is good; fewer means that the model is too sure of itself.',
  ],
  [
    'Chance that it can be made',
    'By the samples that failed nearby. It multiplies what a candidate is worth.',
  ],
  ['Suspect', 'A station started it and went silent. Nothing is made again before a person has looked.'],
] as const;

const keys = [
  [
    'Tab, Shift Tab',
    'From one control to the next and back; the first one on each page skips to its content.',
  ],
  ['Arrow keys on a map', 'From place to place; Enter keeps a place, Escape lets it go.'],
  [
    'Arrow keys on a tetrahedron',
    'Turn it, Home turns it back; Enter goes from experiment to experiment, Shift Enter back again.',
  ],
  ['Escape', 'Closes a dialog, and leaves the tour.'],
  ['Enter in a form', 'Goes on to its next step.'],
] as const;
