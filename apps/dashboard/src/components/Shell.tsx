import { type JSX, lazy, Suspense, useCallback, useEffect, useRef } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';
import { useSession } from '../api/session-context.js';
import { sessionStore } from '../api/session-store.js';
import { may } from '../api/session.js';
import { reach } from '../api/reach.js';
import { useAskedToWait, useOnline, usePolling, useReach } from './hooks.js';
import { Skeleton } from './States.js';
import { ThemeToggle } from './ThemeToggle.js';

const Tour = lazy(async () => ({ default: (await import('../tour/Tour.js')).Tour }));

export const Mark = (): JSX.Element => (
  <svg viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="8" fill="#0b5c8a" />
    <path d="M16 6a10 10 0 1 1-8.7 5" fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
    <circle cx="16" cy="16" r="3.4" fill="#f0c419" />
  </svg>
);

/** Views of one campaign are one page: who goes from one to the next stays where they are. */
const pageOf = (pathname: string): string => pathname.split('/').slice(0, 3).join('/');

/** What is round every page. A new page takes the focus, so that a keyboard starts at its top. */
export function Shell(): JSX.Element {
  const { role } = useSession();
  const { search } = useLocation();
  const page = pageOf(useLocation().pathname);
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) {
      main.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    first.current = false;
  }, [page]);

  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <header className="top">
        <div className="top-inner">
          <Link className="brand" to="/">
            <Mark />
            Ionloop
          </Link>
          <nav aria-label="Main">
            <ul>
              <li>
                <NavLink to="/" end>
                  Campaigns
                </NavLink>
              </li>
              {may(role, 'plan') ? (
                <li>
                  <NavLink to="/new">New campaign</NavLink>
                </li>
              ) : null}
              <li>
                <NavLink to="/lab">Lab</NavLink>
              </li>
              <li>
                <NavLink to="/help">Help</NavLink>
              </li>
            </ul>
          </nav>
          <div className="top-tools">
            <ThemeToggle />
            <button type="button" className="button quiet small" onClick={() => sessionStore.set(null)}>
              Sign out
            </button>
          </div>
        </div>
        <Connection />
      </header>
      <main className="page" id="main" ref={main} tabIndex={-1}>
        <Suspense fallback={<Skeleton height="24rem" label="Loading the page" />}>
          <Outlet />
        </Suspense>
      </main>
      {search.includes('tour=') ? (
        <Suspense fallback={null}>
          <Tour />
        </Suspense>
      ) : null}
    </div>
  );
}

/** Says quietly that nobody answers, or not yet, and looks whether somebody does again. */
function Connection(): JSX.Element {
  const online = useOnline();
  const lost = useReach() === 'lost';
  const waits = useAskedToWait();
  const look = useCallback((): void => {
    if (lost) reach.look();
  }, [lost]);
  usePolling(look, 2000);
  return (
    <div role="status">
      {online && !lost ? (
        waits ? (
          <div className="notice connection">
            The server has much to do and asks for a moment: what is missing follows by itself.
          </div>
        ) : null
      ) : (
        <div className="notice warn connection">
          {online
            ? 'The server does not answer. What you see may be out of date; it is brought up to date when the server is back.'
            : 'You are offline. What you see may be out of date; it is brought up to date when the connection is back.'}
        </div>
      )}
    </div>
  );
}
