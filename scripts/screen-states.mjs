// Cases for the pictures beside the plain views: the steps of a new campaign, and a page that has nothing, waits, or is cut off.
import { Buffer } from 'node:buffer';

const past = [
  'Li3PO4,Li3BO3,Li2SO4,conductivity [mS/cm],remark',
  '0.25,0.14,0.61,0.49,the best',
  '0.3,0.3,0.4,0.12,',
  '0.5,0.25,0.25,0.02,',
  '0.6,0.6,0.4,0.3,does not add up',
  '0.2,0.2,0.6,0.4x,typo',
  '0.1,0.2,0.7,failed,cracked',
  '0.15,0.1,0.75,0.08,',
].join('\n');

const made = (payload) => {
  if (payload.userErrors.length > 0) throw new Error(JSON.stringify(payload.userErrors));
  return payload;
};

/** A draft of the first template, to be rehearsed. */
async function draftCampaign(ask, secret) {
  const { campaignTemplates } = await ask('{ campaignTemplates { key input } }', {}, secret);
  const { input } = campaignTemplates.find(({ key }) => key === 'ternary-electrolyte');
  const { createCampaign } = await ask(
    'mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id } userErrors { message } } }',
    { input: { ...input, name: 'The next ternary' } },
    secret,
  );
  return made(createCampaign).campaign.id;
}

/** Who is signed in where there is nothing yet. */
async function sessionOfNewWorkspace(ask, secret) {
  const { createWorkspace, createToken } = await ask(
    `mutation { createWorkspace(input: { id: "new", name: "New" }) { userErrors { message } }
      createToken(input: { name: "Newcomer", role: admin, workspace: "new" }) { secret token { expiresAt } userErrors { message } } }`,
    {},
    secret,
  );
  made(createWorkspace);
  const { secret: own, token } = made(createToken);
  return { secret: own, role: 'admin', expiresAt: token.expiresAt };
}

export async function screenStates({ origin, campaign, ask, secret }) {
  const draft = await draftCampaign(ask, secret);
  const newcomer = await sessionOfNewWorkspace(ask, secret);
  const signedInAs = (session) => async (page) => {
    await page.goto(`${origin}/help`);
    await page.evaluate(
      (text) => globalThis.localStorage.setItem('ionloop.session', text),
      JSON.stringify(session),
    );
  };
  const garnet = async (page) => {
    await page.goto(`${origin}/new`);
    await page.getByRole('button', { name: /^Doped garnet/ }).click();
  };
  const step = (key) => ({ url: `${origin}/new/${key}`, before: garnet });
  return {
    'new-space': step('space'),
    'new-constraints': step('constraints'),
    'new-goals': step('goals'),
    'new-plan': step('plan'),
    'new-check': step('check'),
    'new-history': {
      url: `${origin}/new/history?campaign=${draft}`,
      then: async (page) => {
        const file = { name: 'past.csv', mimeType: 'text/csv', buffer: Buffer.from(past) };
        await page.getByLabel('Table of results (CSV)').setInputFiles(file);
        await page.getByTestId('history-found').waitFor();
      },
    },
    'new-rehearsal': {
      url: `${origin}/new/rehearsal?campaign=${draft}`,
      then: async (page) => {
        await page.getByLabel('Experiments', { exact: true }).fill('16');
        await page.getByLabel('Campaigns played').fill('12');
        await page.getByLabel('From (S/cm)').fill('1e-7');
        await page.getByLabel('To (S/cm)').fill('1e-3');
        await page.getByRole('button', { name: 'Rehearse', exact: true }).click();
        await page.getByRole('img', { name: /^Rehearsal by/ }).waitFor({ timeout: 300_000 });
      },
    },
    help: { url: `${origin}/help` },
    tour: { url: `${campaign}?tour=5`, view: true },
    'state-not-found': { url: `${origin}/nowhere` },
    'state-empty': { url: `${origin}/`, before: signedInAs(newcomer) },
    'state-signed-out': {
      url: campaign,
      before: signedInAs({ secret: 'ion_over', role: 'viewer', expiresAt: '2020-01-01T00:00:00Z' }),
    },
    'state-loading': {
      url: `${origin}/`,
      waits: true,
      before: (page) =>
        page.route('**/graphql', (route) =>
          setTimeout(() => void route.continue().catch(() => null), 20_000),
        ),
    },
    'state-error': {
      url: `${origin}/new`,
      before: (page) => page.route('**/graphql', (route) => route.abort()),
    },
    'state-offline': {
      url: campaign,
      then: async (page) => {
        await page.context().setOffline(true);
        await page.locator('.connection').waitFor();
      },
    },
  };
}
