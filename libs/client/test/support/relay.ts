import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';

/** A way to a server that can fail as networks do: replies get lost, connections are cut, or fall silent. */
export class Relay {
  /** So many of the next replies to HTTP requests are lost, after the server has done its work. */
  loseReplies = 0;
  /** How many HTTP requests came through. */
  requests = 0;
  /** How many sockets were ever opened. */
  opened = 0;
  private isSilent = false;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  static async open(target: string): Promise<Relay> {
    const server = createServer();
    const relay = new Relay(server, new URL(target));
    server.on('request', (incoming, outgoing) => {
      relay.requests += 1;
      const lost = relay.loseReplies > 0;
      if (lost) relay.loseReplies -= 1;
      const upstream = request(
        { ...relay.place, method: incoming.method, path: incoming.url, headers: incoming.headers },
        (answer) => {
          if (lost) {
            answer.resume().once('end', () => incoming.socket.destroy());
            return;
          }
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      upstream.once('error', () => incoming.socket.destroy());
      incoming.pipe(upstream);
    });
    server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
      relay.join(incoming, socket, head);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return relay;
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the relay is not open');
    return `http://127.0.0.1:${address.port}`;
  }

  get openSockets(): number {
    return this.sockets.size / 2;
  }

  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** What is open stays so, and nothing comes through it any more. */
  silence(): void {
    this.isSilent = true;
  }

  wake(): void {
    this.isSilent = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private get place() {
    return { host: this.target.hostname, port: Number(this.target.port) };
  }

  private join(incoming: IncomingMessage, near: Socket, head: Buffer): void {
    this.opened += 1;
    const far = connect(this.place);
    const lines = incoming.rawHeaders.flatMap((name, i) =>
      i % 2 === 0 ? [`${name}: ${incoming.rawHeaders[i + 1] ?? ''}`] : [],
    );
    far.write([`GET ${incoming.url ?? '/'} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
    far.write(head);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (chunk) => {
        if (!this.isSilent) to.write(chunk);
      });
      from.on('error', () => undefined);
      from.once('end', () => from.destroy());
      from.once('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
    }
  }
}
