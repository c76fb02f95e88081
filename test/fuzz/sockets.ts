import { WebSocket } from 'ws';
import { brokenJson, brokenText } from './broken.js';
import type { Chance } from './chance.js';
import { graphqlBody } from './graphql-requests.js';
import type { Known } from './known.js';

/** A conversation on a socket that keeps to the protocol only at times; gives all that was said to us. */
export function converse(chance: Chance, known: Known, url: string, token: string): Promise<SocketTalk> {
  const sent = drawMessages(chance, known, token);
  return new Promise((over) => {
    const socket = new WebSocket(
      `${url.replace('http', 'ws')}/graphql`,
      chance.often(0.9) ? 'graphql-transport-ws' : 'chat',
    );
    const heard: string[] = [];
    const end = (): void => {
      clearTimeout(timer);
      socket.terminate();
      over({ sent: sent.map((one) => one.toString()), heard });
    };
    const timer = setTimeout(end, 400);
    socket.once('open', () => {
      for (const message of sent) socket.send(message);
    });
    socket.on('message', (data) => heard.push((data as Buffer).toString()));
    socket.once('close', (code, reason) => {
      heard.push(`closed ${code} ${reason.toString()}`);
      end();
    });
    socket.on('error', () => undefined);
  });
}

export interface SocketTalk {
  readonly sent: readonly string[];
  readonly heard: readonly string[];
}

function drawMessages(chance: Chance, known: Known, token: string): readonly (string | Buffer)[] {
  const opened = chance.often(0.85)
    ? [JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })]
    : [JSON.stringify({ type: 'connection_init', payload: brokenJson(chance) })];
  const campaign = known.id(chance, 'Campaign');
  const rest = Array.from({ length: chance.between(1, 6) }, (_, i): string | Buffer => {
    switch (chance.below(7)) {
      case 0:
        return JSON.stringify({ id: `s${i}`, type: 'subscribe', payload: graphqlBody(chance, known) });
      case 1:
        return JSON.stringify({ id: brokenJson(chance), type: 'subscribe', payload: brokenJson(chance) });
      case 2:
        return JSON.stringify({
          type: chance.one(['ping', 'pong', 'complete', 'next', 'connection_init']),
          id: `s${i - 1}`,
        });
      case 3:
        return brokenText(chance);
      case 4:
        return chance.bytes(40);
      case 5:
        return 'x'.repeat(chance.one([1000, 70_000]));
      default: {
        const query =
          'subscription ($c: ID!, $a: Int!) { campaignEvents(campaign: $c, after: $a) { seq payload } }';
        const after = chance.one<unknown>([0, -1, 2 ** 31 - 1, 2 ** 31, 'x', null]);
        return JSON.stringify({
          id: `s${i}`,
          type: 'subscribe',
          payload: { query, variables: { c: campaign, a: after } },
        });
      }
    }
  });
  return chance.often(0.9) ? [...opened, ...rest] : rest;
}
