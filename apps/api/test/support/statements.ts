import { Client } from 'pg';

/** Every statement that anybody in this process sends to PostgreSQL, as long as it is watched. */
export class Statements {
  readonly sent: string[] = [];
  private readonly send = Client.prototype.query as (...given: unknown[]) => unknown;

  constructor() {
    const { send, sent } = this;
    Client.prototype.query = function (this: Client, ...given: unknown[]): unknown {
      const [first] = given;
      sent.push(typeof first === 'string' ? first : ((first as { text?: string }).text ?? ''));
      return send.apply(this, given);
    } as typeof Client.prototype.query;
  }

  about(what: RegExp): readonly string[] {
    return this.sent.filter((text) => what.test(text));
  }

  end(): void {
    Client.prototype.query = this.send as typeof Client.prototype.query;
  }
}
