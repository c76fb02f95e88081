import { createHash, timingSafeEqual } from 'node:crypto';

export interface ScrapeRules {
  /** Where the process listens. */
  readonly host: string;
  /** What whoever scrapes has to show; undefined where none was set. */
  readonly token: string | undefined;
}

/** Whether an Authorization header may read the metrics. */
export type MayScrape = (authorization: string | undefined) => boolean;

/** With a token only who shows it; without one only who is on this machine, where the process listens nowhere else. */
export function scraping({ host, token }: ScrapeRules): MayScrape {
  if (token === undefined) return () => isLoopback(host);
  const wanted = digest(`Bearer ${token}`);
  return (authorization) => authorization !== undefined && timingSafeEqual(digest(authorization), wanted);
}

export const isLoopback = (host: string): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/i.test(host);

/** Of one length, whatever was sent. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
