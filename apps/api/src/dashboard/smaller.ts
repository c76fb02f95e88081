import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};
const encodings = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const;

/** Sends the smaller copy of a script or style where the build has laid one beside it and the browser reads it. */
export const smallerCopies =
  (folder: string) =>
  (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const [, path, kind] = /^(\/assets\/[\w.-]+\.(js|css))(?:$|\?)/.exec(request.url ?? '') ?? [];
    const type = types[kind ?? ''];
    if (path === undefined || type === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
      next();
      return;
    }
    response.setHeader('vary', 'accept-encoding');
    const chosen = encodings.find(
      ({ name, ending }) => accepts(request, name) && existsSync(join(folder, path + ending)),
    );
    if (chosen) {
      response.setHeader('content-encoding', chosen.name);
      response.setHeader('content-type', type);
      request.url = path + chosen.ending;
    }
    next();
  };

const accepts = ({ headers }: IncomingMessage, name: string): boolean =>
  (headers['accept-encoding'] ?? '')
    .split(',')
    .map((one) => one.trim())
    .some((one) => one === name || (one.startsWith(`${name};`) && !/;\s*q=0(\.0*)?$/.test(one)));
