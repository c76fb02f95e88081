import { createHash } from 'node:crypto';

/** Each costs every connection some memory; what comes beyond is parsed whenever it is asked. */
const atMost = 300;

/** A name for a statement's text, by which a connection knows it again. Of filtered lists there are too many to give each one. */
export class StatementNames {
  private readonly names = new Map<string, string>();

  of(text: string): string | undefined {
    const known = this.names.get(text);
    if (known !== undefined || this.names.size >= atMost) return known;
    const name = `q_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
    this.names.set(text, name);
    return name;
  }
}
