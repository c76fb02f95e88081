import {
  type CSSProperties,
  type JSX,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useLocation, useNavigate } from 'react-router';
import { type Box, gap, type PhonePlace, placeBeside, placeOnPhone } from './place.js';
import { markTourSeen } from './seen.js';
import { type Stop, stopAddress, stopAt, stops } from './stops.js';

const lookMs = 250;
/** As in the style of a card at an edge of the screen. */
const phone = '(width <= 46rem)';

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
  const atEdge = useSight(stop, box, card);
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
        className={`tour-card ${atEdge ? `at-edge ${atEdge.edge}` : box ? '' : 'floating'}`}
        style={
          atEdge
            ? px(atEdge.edge === 'top' ? { top: atEdge.below } : {})
            : box
              ? px(placeBeside(box, document.documentElement.clientWidth))
              : undefined
        }
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

interface EdgePlace {
  readonly edge: PhonePlace['edge'];
  /** Where the head of the page ends, which stays in sight. */
  readonly below: number;
}

/**
 * Scrolls the part into sight, and again when the page around it has grown, until somebody moves the page. Where there
 * is no room beside a part: the edge of the screen at which the card stands.
 */
function useSight(
  stop: Stop | undefined,
  box: Box | null,
  card: RefObject<HTMLElement | null>,
): EdgePlace | null {
  const small = useSyncExternalStore(onPhoneChange, isPhone);
  const [at, setAt] = useState<EdgePlace>({ edge: 'bottom', below: 0 });
  const moved = useRef(false);
  useEffect(() => {
    const move = (): void => {
      moved.current = true;
    };
    const moves = ['wheel', 'touchmove', 'keydown'] as const;
    for (const kind of moves) addEventListener(kind, move, { passive: true });
    return () => {
      for (const kind of moves) removeEventListener(kind, move);
    };
  }, []);
  const [top, height] = [box?.top ?? null, box?.height ?? null];
  useEffect(() => {
    if (!stop || top === null || height === null || moved.current) return;
    if (!small) {
      partOf(stop)?.scrollIntoView({ block: 'center', behavior: 'instant' });
      return;
    }
    const head = document.querySelector('header.top')?.clientHeight ?? 0;
    const { edge, scroll } = placeOnPhone(
      { top, height },
      {
        view: innerHeight,
        page: document.documentElement.scrollHeight,
        head,
        card: card.current?.offsetHeight ?? 0,
      },
    );
    setAt({ edge, below: head + gap });
    scrollTo({ top: scroll, behavior: 'instant' });
  }, [stop, top, height, small, card]);
  return small ? at : null;
}

const isPhone = (): boolean => matchMedia(phone).matches;
function onPhoneChange(listener: () => void): () => void {
  const query = matchMedia(phone);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
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

const px = (box: Partial<Box>): CSSProperties =>
  Object.fromEntries(Object.entries(box).map(([side, pixels]) => [side, `${pixels}px`]));
