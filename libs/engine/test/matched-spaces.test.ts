import { describe, expect, it } from '@jest/globals';
import type { ParameterSpec, Point, SpaceSpec } from '@ionloop/domain';
import { matchedSpaces, type SpaceMatch } from '../src/knowledge/match.js';

const spaceOf = (...parameters: readonly ParameterSpec[]): SpaceSpec => ({ parameters });
const heat = (name = 'heat', unit?: string): ParameterSpec => ({
  ...{ kind: 'continuous', name, min: 0, max: 2000 },
  ...(unit !== undefined && { unit }),
});
const gas = (...choices: readonly string[]): ParameterSpec => ({ kind: 'categorical', name: 'gas', choices });
const glass = (...names: readonly string[]): ParameterSpec => ({
  ...{ kind: 'mixture', name: 'glass', components: names.map((name) => ({ name })) },
});
const salts = (...ids: readonly string[]): ParameterSpec => ({
  ...{ kind: 'pool', name: 'salt', features: ['mass'], candidates: ids.map((id) => ({ id, values: [1] })) },
});
const room: ParameterSpec = { kind: 'context', name: 'room', min: 0, max: 40, unit: '°C' };

const complaint = (here: SpaceSpec, there: SpaceSpec, match: SpaceMatch = {}): unknown => {
  try {
    return matchedSpaces(here, there, match);
  } catch (error) {
    return error;
  }
};
const refused = (...complaints: readonly string[]): unknown =>
  expect.objectContaining({
    ...{ code: 'INVALID_INPUT', field: 'parameters' },
    message: `the other campaign does not fit: ${complaints.join('; ')}`,
  });

describe('a point of another campaign', () => {
  it.each<[string, SpaceSpec, SpaceSpec, SpaceMatch, Point, Point | null, readonly string[]]>([
    ['is the same where the spaces are', spaceOf(heat()), spaceOf(heat()), {}, { heat: 5 }, { heat: 5 }, []],
    [
      'is brought to another unit, without the last digits',
      spaceOf(heat('heat', '°C')),
      spaceOf(heat('heat', 'K')),
      {},
      { heat: 1123.15 },
      { heat: 850 },
      ['heat: K there, °C here'],
    ],
    [
      'is found under another name',
      spaceOf(heat()),
      spaceOf(heat('fire')),
      { parameters: [{ parameter: 'heat', from: 'fire' }] },
      { fire: 5 },
      { heat: 5 },
      ['heat: fire there'],
    ],
    [
      'is held where somebody says at what',
      spaceOf(heat(), gas('air', 'argon')),
      spaceOf(heat()),
      { parameters: [{ parameter: 'gas', value: 'air' }] },
      { heat: 5 },
      { heat: 5, gas: 'air' },
      ['gas: held at air'],
    ],
    [
      'is held at a number, or at a mixture',
      spaceOf(heat(), glass('P', 'B')),
      spaceOf(gas('air')),
      {
        parameters: [
          { parameter: 'heat', value: 7 },
          { parameter: 'glass', value: { P: 1, B: 0 } },
        ],
        ignored: ['gas'],
      },
      { gas: 'air' },
      { heat: 7, glass: { P: 1, B: 0 } },
      ['heat: held at 7', 'glass: held at {"P":1,"B":0}', 'gas: ignored'],
    ],
    [
      'is none where its choice is another',
      spaceOf(gas('air', 'argon')),
      spaceOf(gas('air', 'neon', 'xenon')),
      {},
      { gas: 'neon' },
      null,
      ['gas: without neon, xenon, which only the other campaign has'],
    ],
    [
      'has one of the same choices',
      spaceOf(gas('air', 'argon')),
      spaceOf(gas('air')),
      {},
      { gas: 'air' },
      { gas: 'air' },
      [],
    ],
    [
      'has one of the same candidates',
      spaceOf(salts('LiCl', 'NaBr')),
      spaceOf(salts('LiCl', 'a', 'b', 'c', 'd', 'e', 'f')),
      {},
      { salt: 'LiCl' },
      { salt: 'LiCl' },
      ['salt: without a, b, c, d, e and 1 more, which only the other campaign has'],
    ],
    [
      'has parts, of which those that it lacks are none',
      spaceOf(glass('P', 'B', 'S')),
      spaceOf(glass('P', 'B')),
      {},
      { glass: { P: 0.5, B: 0.5 } },
      { glass: { P: 0.5, B: 0.5, S: 0 } },
      [],
    ],
    [
      'is none where a part is of another kind',
      spaceOf(glass('P', 'B')),
      spaceOf(glass('P', 'Si')),
      {},
      { glass: { P: 0.5, Si: 0.5 } },
      null,
      ['glass: without Si, which only the other campaign has'],
    ],
    [
      'is one where a part of another kind is not in it',
      spaceOf(glass('P', 'B')),
      spaceOf(glass('P', 'Si')),
      {},
      { glass: { P: 1, Si: 0 } },
      { glass: { P: 1, B: 0 } },
      ['glass: without Si, which only the other campaign has'],
    ],
    [
      'may lack what is only observed',
      spaceOf(heat(), room),
      spaceOf(heat()),
      {},
      { heat: 5 },
      { heat: 5 },
      [],
    ],
    [
      'need not tell what was only observed there',
      spaceOf(heat()),
      spaceOf(heat(), room),
      {},
      { heat: 5, room: 20 },
      { heat: 5 },
      [],
    ],
    [
      'has what was observed in both',
      spaceOf(heat(), room),
      spaceOf(heat(), room),
      {},
      { heat: 5, room: 20 },
      { heat: 5, room: 20 },
      [],
    ],
    ['is none where it is no point there', spaceOf(heat()), spaceOf(heat()), {}, { heat: 'hot' }, null, []],
    [
      'is none where its mixture is no mixture',
      spaceOf(glass('P', 'B')),
      spaceOf(glass('P', 'B')),
      {},
      { glass: 1 },
      null,
      [],
    ],
    ['is none without its choice', spaceOf(gas('air')), spaceOf(gas('air')), {}, {}, null, []],
    [
      'may lie beyond the bounds',
      spaceOf(heat()),
      spaceOf({ kind: 'levels', name: 'heat', levels: [1, 5000] }),
      {},
      { heat: 5000 },
      { heat: 5000 },
      [],
    ],
  ])('%s', (_, here, there, match, other, point, notes) => {
    const found = matchedSpaces(here, there, match);
    expect(found.pointOf(other)).toEqual(point);
    expect(found.notes).toEqual(notes);
  });
});

describe('spaces that do not fit are refused', () => {
  it.each<[SpaceSpec, SpaceSpec, SpaceMatch, readonly string[]]>([
    [
      spaceOf(heat()),
      spaceOf(heat('fire'), gas('air')),
      {},
      [
        'heat: the other campaign has no such parameter; it has fire, gas: say which of them it is, or at what it was held',
        'fire: only the other campaign varies it; say which parameter of this one it is, or that it is ignored',
        'gas: only the other campaign varies it; say which parameter of this one it is, or that it is ignored',
      ],
    ],
    [
      spaceOf(heat(), room),
      spaceOf(heat()),
      {
        parameters: [
          { parameter: 'heat', from: 'fire' },
          { parameter: 'room', from: 'hall' },
        ],
        ignored: ['heat'],
      },
      [
        'heat: the other campaign has no fire; it has heat: say which of them it is, or at what it was held',
        'room: the other campaign has no hall; it has heat: say which of them it is, or at what it was held',
      ],
    ],
    [
      spaceOf(heat()),
      spaceOf(heat()),
      { parameters: [{ parameter: 'cold', from: 'heat' }], ignored: ['warm'] },
      [
        'cold: this campaign has no such parameter; it has heat',
        'warm: the other campaign has no such parameter to ignore; it has heat',
      ],
    ],
    [
      spaceOf(heat()),
      spaceOf({ ...gas('air'), name: 'heat' }),
      {},
      ['heat: it is categorical there and continuous here'],
    ],
    [spaceOf(heat('heat', 'K')), spaceOf(heat()), {}, ['heat: it is without a unit there and in K here']],
    [spaceOf(heat()), spaceOf(heat('heat', 'K')), {}, ['heat: it is in K there and without a unit here']],
    [spaceOf(heat('heat', 'K')), spaceOf(heat('heat', 'V')), {}, ['heat: it is in V there and in K here']],
    [spaceOf(gas('air')), spaceOf(gas('argon')), {}, ['gas: no choice of it is the same in both']],
    [spaceOf(salts('LiCl')), spaceOf(salts('NaBr')), {}, ['salt: no candidate of it is the same in both']],
    [
      spaceOf(glass('P', 'B')),
      spaceOf(glass('S', 'Si')),
      {},
      ['glass: no component of it is the same in both'],
    ],
  ])('%j and %j with %j', (here, there, match, complaints) => {
    expect(complaint(here, there, match)).toEqual(refused(...complaints));
  });

  it('where what a parameter was held at is none of it', () => {
    const held = { parameters: [{ parameter: 'gas', value: 7 }] };
    expect(complaint(spaceOf(gas('air')), spaceOf(), held)).toEqual(
      expect.objectContaining({
        message: expect.stringMatching(/^the other campaign does not fit: gas: /) as unknown,
      }),
    );
  });
});
