import { describe, expect, it } from '@jest/globals';
import { Interrupted, Shutdown } from '../src/launch/shutdown.js';

describe('shutting down', () => {
  it('ends in the opposite order of starting, once, whatever fails', async () => {
    const shutdown = new Shutdown();
    const ended: string[] = [];
    await shutdown.add(() => void ended.push('database'));
    await shutdown.add(() => Promise.reject(new Error('no')));
    await shutdown.add(() => void ended.push('lab'));
    await Promise.all([shutdown.end(), shutdown.end()]);
    expect(ended).toEqual(['lab', 'database']);
  });

  it('ends at once what is started too late', async () => {
    const shutdown = new Shutdown();
    await shutdown.end();
    let ended = false;
    await expect(shutdown.add(() => void (ended = true))).rejects.toThrow(Interrupted);
    expect(ended).toBe(true);
  });
});
