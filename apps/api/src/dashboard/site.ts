import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join, sep } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { smallerCopies } from './smaller.js';

/** Where the built dashboard is, or would be. */
export function siteFolder(): string {
  const manifest = createRequire(import.meta.url).resolve('@ionloop/dashboard/package.json');
  return join(dirname(manifest), 'dist', 'site');
}

const ours = /^\/(graphql|v1|lab\/v1|artifacts|auth|health|metrics|problems)(\/|$)/;

/** Serves the dashboard's files; whatever looks like one of its pages is its index, which routes by itself. */
export function serveDashboard(app: NestExpressApplication, folder: string): void {
  app.use(smallerCopies(folder));
  app.useStaticAssets(folder, {
    index: false,
    redirect: false,
    setHeaders: (response: ServerResponse, file: string) => {
      const hashed = file.startsWith(join(folder, 'assets') + sep);
      response.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    if (isPage(request)) void sendIndex(response, join(folder, 'index.html'));
    else next();
  });
}

function isPage({ method, url = '/' }: IncomingMessage): boolean {
  const path = url.split('?')[0] ?? '/';
  return (method === 'GET' || method === 'HEAD') && !ours.test(path) && extname(path) === '';
}

async function sendIndex(response: ServerResponse, file: string): Promise<void> {
  const built = await readFile(file).catch(() => null);
  response.statusCode = built ? 200 : 503;
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('cache-control', 'no-cache');
  response.end(built ?? notBuilt);
}

const notBuilt = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Ionloop</title>
  </head>
  <body>
    <h1>The dashboard is not built</h1>
    <p>The server is running. Build the dashboard with <code>npm run build</code> and load this page again.</p>
  </body>
</html>
`;
