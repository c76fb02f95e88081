import type { JSX } from 'react';
import { Link } from 'react-router';
import { usePageTitle } from '../components/hooks.js';
import { Empty } from '../components/States.js';

export function NotFoundPage(): JSX.Element {
  usePageTitle('Not found');
  return (
    <>
      <h1 className="visually-hidden">Not found</h1>
      <Empty title="There is nothing at this address">
        <p>The campaign may have been moved, or the link is incomplete.</p>
        <Link className="button" to="/">
          All campaigns
        </Link>
      </Empty>
    </>
  );
}
