import { afterAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountFor, setprivKnows } from '../src/account.js';
import { startEmbeddedPostgres } from '../src/index.js';
import { isAlive } from '../src/processes.js';
import { ask, until } from './support/ask.js';
import { openFolder, removeFolders } from './support/folders.js';
import { endHolders, holdServer } from './support/holder.js';

afterAll(endHolders);
afterAll(removeFolders);

const withoutSetpriv = { ...process.env, PATH: '/nonexistent' };

describe('when PostgreSQL is killed', () => {
  it('is started again on the same port with its data', async () => {
    const dataFolder = join(openFolder(), 'postgres');
    const server = await startEmbeddedPostgres({ dataFolder });
    const { pid, port } = server;
    await ask(server.url(), 'create table note as select 7 as number');

    process.kill(pid, 'SIGKILL');
    await until(() => server.pid !== pid);
    const notes = await ask(server.url(), 'select number from note');
    await server.stop();

    expect(notes).toEqual([{ number: 7 }]);
    expect(server.port).toBe(port);
    expect(isAlive(server.pid)).toBe(false);
  });

  it('numbers given out are not given out again', async () => {
    const server = await startEmbeddedPostgres({ dataFolder: join(openFolder(), 'postgres') });
    await ask(server.url(), "begin; create sequence number; select nextval('number'); commit");
    const [before] = await ask<{ nextval: string }>(server.url(), "select nextval('number')");

    const { pid } = server;
    process.kill(pid, 'SIGKILL');
    await until(() => server.pid !== pid);
    const [after] = await ask<{ nextval: string }>(server.url(), "select nextval('number')");
    await server.stop();

    expect(Number(after?.nextval)).toBeGreaterThan(Number(before?.nextval));
  });

  it('together with the process that ran it, the next start recovers', async () => {
    const dataFolder = join(openFolder(), 'postgres');
    const holder = await holdServer(dataFolder, withoutSetpriv);
    await ask(holder.url, 'create table note as select 7 as number');
    await holder.killHard();
    process.kill(holder.serverPid, 'SIGKILL');

    const server = await startEmbeddedPostgres({ dataFolder });
    expect(await ask(server.url(), 'select number from note')).toEqual([{ number: 7 }]);
    await server.stop();
  });
});

describe('when the process that runs it is killed', () => {
  const itWithSetpriv = setprivKnows(['--pdeathsig', 'INT']) ? it : it.skip;

  itWithSetpriv('PostgreSQL ends with it', async () => {
    const holder = await holdServer(join(openFolder(), 'postgres'));
    await holder.killHard();
    await until(() => !isAlive(holder.serverPid));
  });

  it('and PostgreSQL is left behind, the next start ends it and takes over', async () => {
    const dataFolder = join(openFolder(), 'postgres');
    const holder = await holdServer(dataFolder, withoutSetpriv);
    await holder.killHard();
    expect(isAlive(holder.serverPid)).toBe(true);

    const server = await startEmbeddedPostgres({ dataFolder });
    expect(isAlive(holder.serverPid)).toBe(false);
    await server.stop();
  });
});

describe('a folder in use', () => {
  it('by another live process is refused, and that one is left alone', async () => {
    const dataFolder = join(openFolder(), 'postgres');
    const holder = await holdServer(dataFolder);

    await expect(startEmbeddedPostgres({ dataFolder })).rejects.toMatchObject({
      code: 'FOLDER_IN_USE',
      folder: dataFolder,
    });
    expect(await ask(holder.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await holder.killHard();
  });

  it('by this process is refused too, until it is stopped', async () => {
    const dataFolder = join(openFolder(), 'postgres');
    const first = await startEmbeddedPostgres({ dataFolder });
    await expect(startEmbeddedPostgres({ dataFolder })).rejects.toThrow(`process ${process.pid}`);
    await first.stop();
    await (await startEmbeddedPostgres({ dataFolder })).stop();
  });

  it('according to a claim of a process whose number someone else has now is free', async () => {
    const dataFolder = join(openFolder(), 'postgres');
    writeFileSync(`${dataFolder}.owner`, JSON.stringify({ pid: process.pid, stamp: 'an earlier boot/1' }));
    await (await startEmbeddedPostgres({ dataFolder })).stop();
  });
});

describe('a pid file left by PostgreSQL', () => {
  it('that now names a stranger neither harms the stranger nor stops the start', async () => {
    const dataFolder = join(openFolder(), 'postgres');
    const holder = await holdServer(dataFolder, withoutSetpriv);
    await holder.killHard();
    process.kill(holder.serverPid, 'SIGKILL');
    await until(() => !isAlive(holder.serverPid));
    const account = accountFor(dataFolder);
    const stranger = spawn('sleep', ['60'], account ? { uid: account.uid, gid: account.gid } : {});
    const strangerEnded = once(stranger, 'exit');
    const file = join(dataFolder, 'postmaster.pid');
    const [, ...rest] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, [String(stranger.pid), ...rest].join('\n'));

    await (await startEmbeddedPostgres({ dataFolder })).stop();

    expect(stranger.exitCode).toBeNull();
    stranger.kill();
    await strangerEnded;
  });
});
