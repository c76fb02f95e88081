import { describe, expect, it } from '@jest/globals';
import { readArguments } from '../src/arguments.js';

const tokens = '{"sim-1":"one","sim-2":"two"}';
const least = ['--url', 'http://127.0.0.1:4680', '--station', 'sim-1', '--spool', 'folder'];

describe('The simulator’s arguments', () => {
  it('need an address, a station and a folder, and have a default for the rest', () => {
    expect(readArguments(least, tokens)).toEqual({
      url: 'http://127.0.0.1:4680',
      stations: new Map([['sim-1', 'one']]),
      spool: 'folder',
      seed: 'lab-sim',
      speed: 20,
      failRate: 0.02,
      virtual: false,
      faults: [],
      outageSeconds: 5,
    });
  });

  it('take several stations, each with its token', () => {
    const { stations } = readArguments([...least, '--station', 'sim-2'], tokens);
    expect([...stations]).toEqual([
      ['sim-1', 'one'],
      ['sim-2', 'two'],
    ]);
  });

  it.each([
    [['--station', 'a', '--spool', 'x'], '--url is missing'],
    [['--url', 'here', '--station', 'a', '--spool', 'x'], '--url is here'],
    [['--url', 'http://h', '--spool', 'x'], '--station is missing'],
    [['--url', 'http://h', '--station', 'sim-1'], '--spool is missing'],
    [[...least, '--station', 'sim-3'], 'no token for station "sim-3"'],
    [[...least, '--speed', '0'], '--speed is "0"; it must be a number above 0'],
    [[...least, '--speed', 'fast'], '--speed is "fast"'],
    [[...least, '--fail-rate', '2'], '--fail-rate is "2"; it must be a number from 0 to 1'],
    [[...least, '--colour', 'red'], '--colour'],
  ])('are refused by name (%#)', (argv, message) => {
    expect(() => readArguments(argv, tokens)).toThrow(message);
  });

  it.each([undefined, '', 'one', '"one"', 'null'])('are refused where the tokens are %j', (text) => {
    expect(() => readArguments(least, text)).toThrow('IONLOOP_LAB_TOKENS');
  });
});
