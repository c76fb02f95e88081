import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** The network between stations and servers: one address for them all, and what can happen on the way. */
export class Network {
  private readonly server: Server;
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private refusing = false;
  private delayMs = 0;
  private turn = 0;

  private constructor(private readonly ports: readonly number[]) {
    this.server = createServer((client) => this.join(client));
  }

  static async before(ports: readonly number[]): Promise<Network> {
    const network = new Network(ports);
    await new Promise<void>((resolve) => network.server.listen(0, '127.0.0.1', resolve));
    return network;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Every connection breaks; until `mend`, new ones do too. */
  cut(): void {
    this.refusing = true;
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
  }

  /** From now on everything takes longer, in both directions. */
  slow(ms: number): void {
    this.delayMs = ms;
  }

  mend(): void {
    this.refusing = false;
    this.delayMs = 0;
  }

  /** What is connected now is never heard of again, and neither side is told; new connections are good. */
  halfOpen(): number {
    const lost = [...this.pairs];
    for (const pair of lost) {
      this.pairs.delete(pair);
      for (const socket of pair) {
        socket.removeAllListeners('data');
        socket.removeAllListeners('close');
        socket.pause();
      }
    }
    this.silent.push(...lost.flat());
    return lost.length;
  }

  close(): Promise<void> {
    this.cut();
    for (const socket of this.silent) socket.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private readonly silent: Socket[] = [];

  private join(client: Socket): void {
    client.on('error', () => client.destroy());
    if (this.refusing) {
      client.destroy();
      return;
    }
    this.turn += 1;
    void this.reach(this.turn).then((server) => {
      if (!server || client.destroyed || this.refusing) {
        client.destroy();
        server?.destroy();
        return;
      }
      const pair = [client, server] as const;
      this.pairs.add(pair);
      const end = (): void => {
        this.pairs.delete(pair);
        for (const socket of pair) socket.destroy();
      };
      for (const socket of pair) {
        socket.on('error', end);
        socket.on('close', end);
      }
      client.on('data', (data) => this.carry(data, server));
      server.on('data', (data) => this.carry(data, client));
      client.resume();
    });
    client.pause();
  }

  private carry(data: Buffer, to: Socket): void {
    const write = (): void => {
      if (!to.destroyed) to.write(data);
    };
    if (this.delayMs === 0) write();
    else setTimeout(write, this.delayMs);
  }

  /** One after the other, as a balancer does; a server that refuses is passed over. */
  private async reach(turn: number): Promise<Socket | null> {
    for (let i = 0; i < this.ports.length; i += 1) {
      const socket = await dial(this.ports[(turn + i) % this.ports.length]!);
      if (socket) return socket;
    }
    return null;
  }
}

const dial = (port: number): Promise<Socket | null> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(null));
  });
