import type { RecordedEvent } from '@ionloop/domain';
import type { RecordReader } from '@ionloop/engine';

/**
 * The log as those who follow it read it: all of them wake at the same moment and ask the same, and the database hears
 * one question. An answer is looked up after each of those who share it has asked.
 */
export class SharedReads {
  private readonly asked = new Map<string, Promise<readonly RecordedEvent[]>>();

  constructor(private readonly read: Pick<RecordReader, 'events'>) {}

  events(campaignId: string, after: number, limit: number): Promise<readonly RecordedEvent[]> {
    const question = `${campaignId}/${after}/${limit}`;
    const same = this.asked.get(question);
    if (same) return same;
    const answer = new Promise<void>((resolve) => void setImmediate(resolve)).then(() => {
      this.asked.delete(question);
      return this.read.events(campaignId, after, limit);
    });
    this.asked.set(question, answer);
    return answer;
  }
}
