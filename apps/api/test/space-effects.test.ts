import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCampaign } from './support/campaign.js';
import { TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const fields =
  'size exact points remaining share shareLow shareHigh constraints { name text removes onlyThis }';
interface Previewed {
  readonly previewSpace: { readonly effects: Record<string, unknown> | null; readonly userErrors: unknown };
}
const preview = async (space: unknown): Promise<Previewed['previewSpace']> => {
  const query = `query ($space: JSON!) { previewSpace(space: $space) { effects { ${fields} } userErrors { code field message } } }`;
  return (await server.query<Previewed>('viewer', query, { space })).data.previewSpace;
};
const n = { kind: 'integer', name: 'n', min: 0, max: 9 };
const x = { kind: 'continuous', name: 'x', min: 0, max: 10 };

describe('a space before it is a campaign', () => {
  test('says how many candidates are left, and what each constraint removes', async () => {
    const { effects, userErrors } = await preview({
      parameters: [n, { ...n, name: 'k' }],
      constraints: [{ kind: 'sum', name: 'small', of: ['n', 'k'], relation: '<=', bound: 9 }],
    });
    expect(userErrors).toEqual([]);
    expect(effects).toEqual({
      ...{ size: 55, exact: true, points: 100, remaining: 55, share: 0.55, shareLow: 0.55, shareHigh: 0.55 },
      constraints: [{ name: 'small', text: 'n + k <= 9', removes: 45, onlyThis: 45 }],
    });
  });

  test('that is too large to count is estimated with its interval', async () => {
    const { effects } = await preview({
      parameters: [x, { ...x, name: 'y' }],
      constraints: [{ kind: 'sum', of: ['x', 'y'], relation: '<=', bound: 5 }],
    });
    expect(effects).toMatchObject({ size: null, exact: false });
    expect(effects?.['shareLow']).toBeLessThan(0.125);
    expect(effects?.['shareHigh']).toBeGreaterThan(0.125);
  });

  test('with a mistake is told what it is', async () => {
    const { effects, userErrors } = await preview({
      parameters: [x],
      constraints: [{ kind: 'sum', name: 'far', of: ['x'], relation: '>=', bound: 11 }],
    });
    expect(effects).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: 'space.constraints' }]);
  });

  test('is told of a campaign too', async () => {
    const id = await createCampaign(server);
    const { data } = await server.query<{ campaign: { spaceEffects: Record<string, unknown> } }>(
      'viewer',
      `query ($id: ID!) { campaign(id: $id) { spaceEffects { ${fields} } } }`,
      { id },
    );
    expect(data.campaign.spaceEffects).toMatchObject({ exact: true, share: 1, constraints: [] });
  });
});
