import { type CSSProperties, type JSX, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { markTourSeen } from './seen.js';
import { type Stop, stopAddress, stopAt, stops } from './stops.js';

interface Box {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

const lookMs = 250;
const cardWidth = 352;
const gap = 12;
/** A part that is no higher than that has the card below it. */
const lowPart = 360;

/** A tour of the real page, wherever an address names a stop of it. The page can be used meanwhile. */
export function Tour(): JSX.Element | null {
  const { pathname, search } = useLocation();
  const at = stopAt(new URLSearchParams(search).get('tour'));
  const id = /^\/campaigns\/([^/]+)/.exec(pathname)?.[1];
  return at === null || id === undefined ? null : <TourCard key={at} at={at} campaignId={id} />;
}

function TourCard({
  at,
  campaignId,
}: {
  readonly at: number;
  readonly campaignId: string;
}): JSX.Element | null {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const card = useRef<HTMLDivElement>(null);
  const stop = stops[at];
  const box = useBox(stop);

  useEffect(() => card.current?.focus({ preventScroll: true }), []);
  const found = box !== null;
  useEffect(() => {
    if (stop && found) partOf(stop)?.scrollIntoView({ block: 'center', behavior: 'instant' });
  }, [stop, found]);
  if (!stop) return null;

  const leave = (): void => {
    markTourSeen();
    void navigate(pathname, { replace: true });
  };
  const goTo = (next: number): void => void navigate(stopAddress(campaignId, next));
  const isLast = at === stops.length - 1;
  return (
    <>
      {box === null ? null : <div className="tour-ring" style={{ ...px(box) }} aria-hidden="true" />}
      <div
        ref={card}
        className={`tour-card ${box === null ? 'floating' : ''}`}
        style={box === null ? undefined : placeBeside(box)}
        role="dialog"
        aria-labelledby="tour-title"
        aria-describedby="tour-text"
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key === 'Escape') leave();
          else if (event.key === 'ArrowRight' && !isLast) goTo(at + 1);
          else if (event.key === 'ArrowLeft' && at > 0) goTo(at - 1);
        }}
      >
        <p className="small soft">
          Tour · {at + 1} of {stops.length}
        </p>
        <h2 id="tour-title">{stop.title}</h2>
        <p id="tour-text">{stop.text}</p>
        <div className="row">
          <button type="button" className="button quiet small" onClick={leave}>
            {isLast ? 'Close' : 'Leave the tour'}
          </button>
          {at > 0 ? (
            <button type="button" className="button small" onClick={() => goTo(at - 1)}>
              Back
            </button>
          ) : null}
          {isLast ? (
            <button
              type="button"
              className="button primary small"
              onClick={() => {
                markTourSeen();
                void navigate('/new');
              }}
            >
              New campaign
            </button>
          ) : (
            <button type="button" className="button primary small" onClick={() => goTo(at + 1)}>
              Next
            </button>
          )}
        </div>
      </div>
    </>
  );
}

/** Where the part is on the page, looked at again and again: parts come when they are loaded, and move. */
function useBox(stop: Stop | undefined): Box | null {
  const [box, setBox] = useState<Box | null>(null);
  useLayoutEffect(() => {
    const look = (): void => {
      const part = stop ? partOf(stop) : null;
      const next = part === null ? null : boxOf(part);
      setBox((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    look();
    const timer = setInterval(look, lookMs);
    addEventListener('resize', look);
    return () => {
      clearInterval(timer);
      removeEventListener('resize', look);
    };
  }, [stop]);
  return box;
}

function partOf({ at }: Stop): Element | null {
  if ('selector' in at) return document.querySelector(at.selector);
  const heads = [...document.querySelectorAll('section.panel h2')];
  return heads.find(({ textContent }) => textContent.startsWith(at.panel))?.closest('section') ?? null;
}

/** In the document, so that it stays where it is while the page is scrolled. */
function boxOf(part: Element): Box {
  const { top, left, width, height } = part.getBoundingClientRect();
  return { top: top + scrollY - 6, left: left + scrollX - 6, width: width + 12, height: height + 12 };
}

const px = ({ top, left, width, height }: Box): CSSProperties => ({
  top: `${top}px`,
  left: `${left}px`,
  width: `${width}px`,
  height: `${height}px`,
});

/** Beside the part where there is room, else below it or its upper edge, within the page. */
function placeBeside({ top, left, width, height }: Box): CSSProperties {
  const page = document.documentElement.clientWidth;
  const wide = Math.min(cardWidth, page - 2 * gap);
  const right = left + width + gap;
  const beside = right + wide <= page - gap ? right : left - wide - gap >= gap ? left - wide - gap : null;
  const inside = Math.max(gap, Math.min(left + width - wide - gap, page - wide - gap));
  return {
    width: `${wide}px`,
    left: `${beside ?? inside}px`,
    top: `${beside !== null ? top : height < lowPart ? top + height + gap : top + 56}px`,
  };
}
