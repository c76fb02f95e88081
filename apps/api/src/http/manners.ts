import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendProblem } from './problem.js';
import type { Route } from './route.js';

interface Place {
  readonly pattern: RegExp;
  readonly routes: readonly Route[];
  readonly allow: string;
}

/**
 * What HTTP asks before a route is reached: another method on a path that is there gets 405 and learns which are, a
 * body of another type gets 415.
 */
export function manners(routes: readonly Route[]) {
  const places = placesOf(routes);
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const place = places.find(({ pattern }) => pattern.test(path));
    if (!place) {
      next();
      return;
    }
    const { method = '' } = request;
    if (method === 'OPTIONS') {
      response.writeHead(204, { allow: place.allow }).end();
      return;
    }
    const route = place.routes.find((each) => each.method === (method === 'HEAD' ? 'GET' : method));
    if (!route) {
      response.setHeader('allow', place.allow);
      const detail = `${path} is asked by ${place.allow}, not by ${method}`;
      sendProblem(response, { code: 'METHOD_NOT_ALLOWED', detail });
      return;
    }
    if (typeof route.body === 'object' && hasBody(request) && !isJson(request)) {
      response.setHeader('accept', 'application/json');
      const type = request.headers['content-type'] ?? 'no Content-Type';
      const detail = `the body must be application/json, not ${type}`;
      sendProblem(response, { code: 'UNSUPPORTED_MEDIA_TYPE', detail });
      return;
    }
    next();
  };
}

function placesOf(routes: readonly Route[]): readonly Place[] {
  const paths = new Set(routes.map(({ path }) => path));
  return [...paths].map((path) => {
    const here = routes.filter((route) => route.path === path);
    const methods = here.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    // As the router reads paths: whatever case, with or without a slash at the end.
    const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}/?$`, 'i');
    return { pattern, routes: here, allow: [...methods, 'OPTIONS'].join(', ') };
  });
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

const isJson = ({ headers }: IncomingMessage): boolean =>
  /^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '');
