import { request } from 'node:http';

export type Tear = (url: string, init: RequestInit) => Promise<void>;

/** Sends the head of a request and half of its body, and breaks the connection. */
export const tearOverHttp: Tear = (url, init) =>
  new Promise((resolve) => {
    const body = Buffer.from(typeof init.body === 'string' ? init.body : (init.body as Uint8Array));
    const sent = request(url, {
      method: init.method ?? 'POST',
      headers: { ...(init.headers as Record<string, string>), 'content-length': body.length },
    });
    sent.on('error', () => resolve());
    sent.on('close', () => resolve());
    sent.on('response', (response) => response.resume());
    sent.write(body.subarray(0, Math.floor(body.length / 2)), () => sent.destroy());
  });
