import { type JSX, useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router';
import { campaignViews, viewAddress } from './views.js';

/** The way between a campaign's views. Where they do not fit they scroll, and the one that is open is in sight. */
export function CampaignTabs({ campaignId }: { readonly campaignId: string }): JSX.Element {
  const { pathname } = useLocation();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const strip = list.current;
    const open = strip?.querySelector<HTMLElement>('[aria-current]');
    if (!strip || !open) return;
    const past = open.offsetLeft + open.offsetWidth - strip.clientWidth;
    strip.scrollLeft = Math.min(open.offsetLeft, Math.max(strip.scrollLeft, past));
  }, [pathname]);
  return (
    <nav className="tabs" aria-label="Views of the campaign">
      <ul ref={list}>
        {campaignViews.map(({ path, label }) => (
          <li key={path}>
            <NavLink to={viewAddress(campaignId, path)} end={path === ''}>
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
