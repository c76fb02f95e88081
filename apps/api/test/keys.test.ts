import { expect, test } from '@jest/globals';
import { buildSchema, getNamedType, isInputObjectType } from 'graphql';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const schema = buildSchema(readFileSync(resolve(__dirname, '../schema.graphql'), 'utf8'));
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});

const takesKey = ({ args }: (typeof mutations)[number]): boolean =>
  args.some(({ type }) => {
    const input = getNamedType(type);
    return isInputObjectType(input) && 'idempotencyKey' in input.getFields();
  });

/** Sent twice, these come to what they come to once: why no key is needed. */
const harmless = {
  decision: 'what is decided has left the state that it was decided in: the second is refused',
  state: 'says how something is to be, and says the same again',
  fence: 'the station says under which fence, boot or number: the second is known by it',
  own: 'whoever asks gives the id: the second is told that it is taken',
  edit: 'names the specHash or the revision that was seen, or changes to what is there',
} as const;

const withoutKey: Readonly<Record<string, string>> = {
  approveExperiments: harmless.decision,
  cancelAnalysis: harmless.decision,
  cancelExperiment: harmless.decision,
  cancelImport: harmless.decision,
  cancelScreen: harmless.decision,
  createWorkspace: harmless.own,
  decideMeasurement: harmless.decision,
  decideResult: harmless.decision,
  editExperiment: harmless.edit,
  labAppend: harmless.fence,
  labHeartbeat: harmless.fence,
  labRegister: harmless.fence,
  labStart: harmless.fence,
  moveCampaign: harmless.state,
  pauseStation: harmless.state,
  rejectExperiment: harmless.decision,
  removeKnowledge: harmless.decision,
  reorderExperiments: harmless.state,
  requeueExperiment: harmless.decision,
  resolveSuspect: harmless.decision,
  restoreExperiment: harmless.decision,
  revokeToken: harmless.state,
  switchCampaign: harmless.state,
  updateCampaign: harmless.edit,
  withdrawApproval: harmless.decision,
  withdrawRejection: harmless.decision,
};

test('every mutation takes an idempotency key, or is known to be harmless when it is sent twice', () => {
  expect(mutations.length).toBeGreaterThan(30);
  const lacking = mutations.filter((one) => !takesKey(one)).map(({ name }) => name);
  expect(lacking.sort()).toEqual(Object.keys(withoutKey).sort());
});

test('whatever makes something anew takes a key', () => {
  const making = mutations.filter(({ name }) =>
    /^(add|create|start|preview|record|supersede|propose)/.test(name),
  );
  const lacking = making.filter((one) => !takesKey(one)).map(({ name }) => name);
  expect(lacking).toEqual(['createWorkspace']);
});
