import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

export type Cut = 'before the server gets it' | 'before its answer comes back';

/** A network in front of a database that can be cut around the next statement with these words. */
export class CuttingProxy {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private armed: { readonly words: string; readonly cut: Cut; readonly forHow: 'once' | 'for good' } | null =
    null;
  private refusing = false;

  private constructor(private readonly target: URL) {
    this.server = createServer((client) => this.join(client));
  }

  static async before(url: string): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(new URL(url));
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  cutAt(words: string, cut: Cut, forHow: 'once' | 'for good' = 'once'): void {
    this.armed = { words, cut, forHow };
  }

  /** From now on nobody gets through. */
  close(): Promise<void> {
    this.refusing = true;
    for (const socket of this.sockets) socket.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private join(client: Socket): void {
    const server = connect(Number(this.target.port), this.target.hostname);
    let deaf = false;
    const end = (): void => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        this.sockets.delete(socket);
        end();
      });
    }
    if (this.refusing) end();
    client.on('data', (data) => {
      if (this.armed === null || !data.includes(this.armed.words)) {
        server.write(data);
        return;
      }
      const { cut, forHow } = this.armed;
      this.armed = null;
      this.refusing = forHow === 'for good';
      if (cut === 'before the server gets it') {
        end();
      } else {
        deaf = true;
        server.write(data);
      }
    });
    server.on('data', (data) => {
      if (deaf) end();
      else client.write(data);
    });
  }
}
