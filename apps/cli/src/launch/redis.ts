import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Failure, messageOf } from '../failure.js';

const patienceMs = 5_000;

/** Refuses a Redis that does not answer, without telling its password. */
export async function checkRedis(url: string): Promise<void> {
  const address = new URL(url);
  const where = `${address.hostname}:${address.port || '6379'}`;
  try {
    const answer = await ask(address, commandsFor(address));
    if (!answer.includes('+PONG')) throw new Error(refusal(answer));
  } catch (error) {
    throw new Failure(`REDIS_URL: no Redis answers at ${where}: ${reasonOf(error)}`);
  }
}

function commandsFor({ username, password }: URL): string {
  const auth =
    password === ''
      ? []
      : [['AUTH', ...(username === '' ? [] : [decodeURIComponent(username)]), decodeURIComponent(password)]];
  return [...auth, ['PING']]
    .map(
      (words) =>
        `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`,
    )
    .join('');
}

function ask({ protocol, hostname, port }: URL, commands: string): Promise<string> {
  const address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) };
  return new Promise((resolve, reject) => {
    const socket: Socket =
      protocol === 'rediss:' ? connectTls({ ...address, servername: address.host }) : connectPlain(address);
    let answer = '';
    const end = (settle: () => void): void => {
      socket.destroy();
      settle();
    };
    socket.setEncoding('utf8');
    socket.setTimeout(patienceMs, () =>
      end(() => reject(new Error(`no answer within ${patienceMs / 1000} s`))),
    );
    socket.on('error', (error) => end(() => reject(error)));
    socket.on('close', () => resolve(answer));
    socket.on('data', (text: string) => {
      answer += text;
      if (/^\+PONG|^-/m.test(answer)) end(() => resolve(answer));
    });
    socket.write(commands);
  });
}

const refusal = (answer: string): string =>
  /^-(.*)$/m.exec(answer)?.[1]?.trim() ?? 'the answer is not that of a Redis';

const reasonOf = (error: unknown): string =>
  error instanceof AggregateError ? error.errors.map(messageOf).join('; ') : messageOf(error);
