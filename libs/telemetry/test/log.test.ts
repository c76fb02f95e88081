import { Writable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { aboutNow, openLog, scrub, withIds } from '../src/index.js';

function written(write: (log: ReturnType<typeof openLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  const to = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  write(openLog({ name: 'test', level: 'info', to }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('lines carry the ids of what they are about, also those learned on the way', () => {
  const [outside, first, second] = written((log) => {
    log.info('before');
    withIds({ requestId: 'r-1' }, () => {
      log.info('asked');
      aboutNow({ campaignId: 'c-1' });
      withIds({ job: 'reconcile' }, () => log.info('done'));
    });
  });
  expect(outside).not.toHaveProperty('requestId');
  expect(first).toMatchObject({ msg: 'asked', requestId: 'r-1' });
  expect(first).not.toHaveProperty('campaignId');
  expect(second).toMatchObject({ msg: 'done', requestId: 'r-1', campaignId: 'c-1', job: 'reconcile' });
});

test('lines hold no secrets, wherever they stand', () => {
  const error = Object.assign(new Error('cannot reach postgres://me:s3cret@db/loop'), {
    code: '28P01',
    query: 'SELECT s3cret',
    parameters: ['s3cret'],
    input: 'postgres://me:s3cret@db/loop',
    cause: new Error('sent Authorization: Bearer s3cret'),
  });
  const lines = written((log) => {
    log.info({ headers: { authorization: 'Bearer s3cret' }, token: 's3cret' }, 'Bearer s3cret');
    log.error({ err: error }, 'failed at redis://:s3cret@cache');
    log.warn('DATABASE_URL=postgres://me:s3cret@db, password=s3cret');
  });
  expect(JSON.stringify(lines)).not.toContain('s3cret');
  expect(lines[1]).toMatchObject({ err: { code: '28P01', message: 'cannot reach postgres://***@db/loop' } });
});

test('what is no secret stays readable', () => {
  const plain = 'the token of robot-1 was revoked; see https://example.org/a@b and mail a@b.c';
  expect(scrub(plain)).toBe(plain);
});
