import { createServer } from 'node:net';
import { Failure, messageOf, systemCode } from '../failure.js';

/** Refuses a port that is taken; 0 is always free. */
export async function checkPort(host: string, port: number): Promise<void> {
  if (port === 0) return;
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, exclusive: true }, resolve);
    });
  } catch (error) {
    throw new Failure(reason(host, port, error));
  }
  await new Promise((resolve) => server.close(resolve));
}

function reason(host: string, port: number, error: unknown): string {
  switch (systemCode(error)) {
    case 'EADDRINUSE':
      return `port ${port} is in use by another program; set IONLOOP_PORT to a free one, such as IONLOOP_PORT=${port + 1}`;
    case 'EACCES':
      return `port ${port} may not be used by this user; set IONLOOP_PORT to one from 1024 up`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `IONLOOP_HOST is ${host}, which is no address of this machine`;
    default:
      return `port ${port} cannot be used (IONLOOP_PORT): ${messageOf(error)}`;
  }
}
