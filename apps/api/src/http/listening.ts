import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Server } from 'node:http';
import type { ApiSettings } from '../parts.js';
import { portTrouble } from '../start-error.js';

/** What is still being answered when the server ends gets this long. */
const drainMs = 1000;

export const listen = (
  app: NestExpressApplication,
  { port, host }: Pick<ApiSettings, 'port' | 'host'>,
): Promise<Server> => app.listen(port, host).catch((error: unknown) => portTrouble(port, error));

/** Takes no more, and cuts off who is not done in time. */
export async function drain(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** As somebody on this machine reaches it. */
export function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
