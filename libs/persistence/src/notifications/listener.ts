import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Notification } from 'pg';
import { eventChannel } from './channel.js';

export interface Subscriber {
  readonly onCampaign: (campaignId: string, seq: number) => void;
  /** Notifications may have been missed: read again from the last sequence number that is known. */
  readonly onMissed: () => void;
}

export interface Subscription {
  close(): Promise<void>;
}

const checkEvery = 10_000;
const answerWithin = 5_000;
const longestPause = 5_000;

/** One connection that listens for everybody, opened for the first subscriber, closed after the last. */
export class Listener {
  private readonly subscribers = new Set<Subscriber>();
  private client: Client | null = null;
  private opening: Promise<void> | null = null;
  private watch: NodeJS.Timeout | null = null;

  constructor(private readonly connectionString: string) {}

  async subscribe(subscriber: Subscriber): Promise<Subscription> {
    this.subscribers.add(subscriber);
    try {
      await this.listening();
    } catch (error) {
      this.subscribers.delete(subscriber);
      throw error;
    }
    return {
      close: async () => {
        this.subscribers.delete(subscriber);
        if (this.subscribers.size === 0) await this.hangUp();
      },
    };
  }

  async close(): Promise<void> {
    this.subscribers.clear();
    await this.hangUp();
  }

  private listening(): Promise<void> {
    if (this.client) return Promise.resolve();
    this.opening ??= this.open().finally(() => {
      this.opening = null;
    });
    return this.opening;
  }

  private async open(): Promise<void> {
    const client = new Client({
      connectionString: this.connectionString,
      connectionTimeoutMillis: answerWithin,
      query_timeout: answerWithin,
      keepAlive: true,
      application_name: 'ionloop events',
    });
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', (notification) => this.tell(notification));
    try {
      await client.connect();
      await client.query(`LISTEN ${eventChannel}`);
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    this.client = client;
    this.watch = setInterval(() => void this.check(client), checkEvery).unref();
    if (this.subscribers.size === 0) await this.hangUp();
  }

  /** A connection whose other end has vanished says nothing, as one does on which nothing happens: so it is asked. */
  private async check(client: Client): Promise<void> {
    try {
      await client.query('SELECT 1');
    } catch {
      this.lost(client);
      void client.end().catch(() => undefined);
    }
  }

  private lost(client: Client): void {
    if (this.client !== client) return;
    this.forget();
    void this.reopen();
  }

  private async reopen(): Promise<void> {
    for (let pause = 20; this.subscribers.size > 0; pause = Math.min(2 * pause, longestPause)) {
      try {
        await this.listening();
        for (const { onMissed } of this.subscribers) onMissed();
        return;
      } catch {
        await sleep(pause, undefined, { ref: false });
      }
    }
  }

  private tell({ payload }: Notification): void {
    const at = payload?.lastIndexOf(':') ?? -1;
    if (payload === undefined || at < 0) return;
    const campaignId = payload.slice(0, at);
    const seq = Number(payload.slice(at + 1));
    for (const { onCampaign } of this.subscribers) onCampaign(campaignId, seq);
  }

  private async hangUp(): Promise<void> {
    await this.opening?.catch(() => undefined);
    const client = this.client;
    this.forget();
    await client?.end();
  }

  private forget(): void {
    this.client = null;
    if (this.watch) clearInterval(this.watch);
    this.watch = null;
  }
}
