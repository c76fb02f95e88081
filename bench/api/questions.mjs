import { Buffer } from 'node:buffer';

/** What a planner's page asks of a campaign, each as the dashboard would. */
const row = `id number state label reason value prediction { mean sd } acquisition { value }
  measurements { value unit status flags } attempts { state station { name } }`;
const page = `pageInfo { endCursor hasNextPage } totalCount edges { node { ${row} } }`;
const experiments = (args) =>
  `query ($id: ID!${args.includes('$after') ? ', $after: String' : ''}) { campaign(id: $id) {
    experiments(${args}) { ${page} } } }`;
const byValue = 'orderBy: { by: value, descending: true }';

export const questions = {
  open: {
    what: 'open: counts, best, progress, waiting, last event',
    wanted: 150,
    query: `query ($id: ID!) { campaign(id: $id) {
      id name state spent lastSeq counts { state count } waiting { proposals suspects results quarantined }
      best { value experiment { number label } }
      progress(points: 400) { experimentNumber value best predictedMean predictedSd at } } }`,
  },
  first: { what: 'first page of 50', wanted: 150, query: experiments('first: 50') },
  deep: {
    what: 'page of 50 in the middle',
    wanted: 150,
    query: experiments('first: 50, after: $after'),
  },
  last: { what: 'last page of 50', wanted: 150, query: experiments('last: 50') },
  sorted: {
    what: 'first page of 50 by value, best first',
    wanted: 150,
    query: experiments(`first: 50, ${byValue}`),
  },
  filtered: {
    what: 'first page of 50 that failed',
    wanted: 150,
    query: experiments('first: 50, filter: { states: [failed_sample] }'),
  },
  range: {
    what: 'first page of 50 in a range of values, best first',
    wanted: 150,
    query: experiments(`first: 50, filter: { valueFrom: 1e-4, valueTo: 1e-3 }, ${byValue}`),
  },
  flagged: {
    what: 'first page of 50 with a flag',
    wanted: 500,
    query: experiments('first: 50, filter: { flags: ["thin"] }'),
  },
  text: {
    what: 'first page of 50 with a word',
    wanted: 500,
    query: experiments('first: 50, filter: { text: "777 K" }'),
  },
  audit: {
    what: 'newest 50 events with their number',
    wanted: 500,
    query: `query ($id: ID!) { campaign(id: $id) {
      audit(first: 50) { totalCount nodes { seq at actor summary why } } } }`,
  },
};

/** A cursor half way: numbers are dense, so that the middle is known. */
export const middleCursor = (experiments) =>
  Buffer.from(JSON.stringify(['experiments by number', null, Math.floor(experiments / 2)])).toString(
    'base64url',
  );
