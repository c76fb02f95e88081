import { afterAll, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../src/index.js';
import { ask } from './support/ask.js';
import { openFolder, removeFolders } from './support/folders.js';

afterAll(removeFolders);

describe('an embedded PostgreSQL', () => {
  it('keeps its data from one start to the next, and leaves nothing half made beside it', async () => {
    const home = openFolder();
    const dataFolder = join(home, 'postgres');
    mkdirSync(`${dataFolder}.init-leftover`);

    const first = await startEmbeddedPostgres({ dataFolder });
    await ask(first.url(), 'create table note (text text); ');
    await ask(first.url(), "insert into note values ('still here')");
    await first.stop();
    const second = await startEmbeddedPostgres({ dataFolder });
    const notes = await ask(second.url(), 'select text from note');
    await second.stop();

    expect(notes).toEqual([{ text: 'still here' }]);
    expect(readdirSync(home).sort()).toEqual(['postgres', 'postgres.password']);
  });

  it('writes its password to a file of its own, readable by its owner only, and never to the log', async () => {
    const dataFolder = join(openFolder(), 'postgres');
    const log: string[] = [];

    const server = await startEmbeddedPostgres({ dataFolder, log: (line) => log.push(line) });
    await expect(ask(server.url('nowhere'), 'select 1')).rejects.toThrow('"nowhere" does not exist');
    await server.stop();

    const password = readFileSync(`${dataFolder}.password`, 'utf8');
    expect(password).toHaveLength(32);
    expect(statSync(`${dataFolder}.password`).mode & 0o777).toBe(0o600);
    expect(server.url()).toContain(password);
    expect(log.length).toBeGreaterThan(3);
    expect(log.join('\n')).not.toContain(password);
  });

  it('listens on loopback only, asks for the password, and takes settings', async () => {
    const dataFolder = join(openFolder(), 'postgres');
    const server = await startEmbeddedPostgres({ dataFolder, settings: { work_mem: '7MB' } });

    const settings = await ask<{ name: string; setting: string }>(
      server.url(),
      "select name, current_setting(name) as setting from pg_settings where name in ('max_connections', 'shared_buffers', 'work_mem', 'listen_addresses') order by name",
    );
    const wrong = new URL(server.url());
    wrong.password = 'guess';
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find((address) => !address.internal && address.family === 'IPv4');

    expect(settings.map(({ setting }) => setting)).toEqual(['127.0.0.1', '200', '256MB', '7MB']);
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
    if (outside !== undefined) await expect(canConnect(outside.address, server.port)).resolves.toBe(false);
    await server.stop();
  });

  it('can be stopped twice', async () => {
    const server = await startEmbeddedPostgres({ dataFolder: join(openFolder(), 'postgres') });
    await Promise.all([server.stop(), server.stop()]);
    await expect(canConnect('127.0.0.1', server.port)).resolves.toBe(false);
  });
});

describe('a data folder that cannot be used is named, with the reason', () => {
  it('when something in its path is a file', async () => {
    const file = join(openFolder(), 'file');
    writeFileSync(file, '');
    const dataFolder = join(file, 'postgres');
    await expect(startEmbeddedPostgres({ dataFolder })).rejects.toMatchObject({
      code: 'FOLDER_UNUSABLE',
      folder: dataFolder,
      message: expect.stringContaining(`${dataFolder} cannot be used`),
    });
  });

  it('when its parent cannot be written', async () => {
    // Root writes everywhere but where the system itself refuses.
    const parent = process.getuid?.() === 0 ? '/sys/ionloop' : openFolder();
    if (parent !== '/sys/ionloop') chmodSync(parent, 0o500);
    const dataFolder = join(parent, 'postgres');
    await expect(startEmbeddedPostgres({ dataFolder })).rejects.toMatchObject({
      code: 'FOLDER_UNUSABLE',
      message: expect.stringContaining(`${dataFolder} cannot be used: ${parent} cannot be written`),
    });
  });

  it('when it holds something else', async () => {
    const dataFolder = openFolder();
    writeFileSync(join(dataFolder, 'thesis.tex'), '');
    await expect(startEmbeddedPostgres({ dataFolder })).rejects.toThrow(
      'files that are not a PostgreSQL database',
    );
    expect(readdirSync(dataFolder)).toEqual(['thesis.tex']);
  });

  it('when another PostgreSQL version wrote it', async () => {
    const dataFolder = openFolder();
    writeFileSync(join(dataFolder, 'PG_VERSION'), '12\n');
    await expect(startEmbeddedPostgres({ dataFolder })).rejects.toThrow('written by PostgreSQL 12');
  });
});

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const settle = (connected: boolean) => {
      socket.destroy();
      resolve(connected);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
