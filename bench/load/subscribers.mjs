import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { addExperiment, createCampaign, moveCampaign } from '../../libs/engine/dist/index.js';
import { summary } from './times.mjs';

const ada = { kind: 'person', name: 'ada' };
const document = `subscription ($campaign: ID!, $after: Int!) { campaignEvents(campaign: $campaign, after: $after) {
  seq at type actor summary payload hash } }`;
const longestMs = 120_000;

/**
 * So many follow one campaign. Events happen at a steady rate: first with all of them reading, then beside one that asks
 * for a long log and never reads a byte of it.
 */
export async function followTogether(ground, { count, events, perSecond, experiments, patienceMs }, say) {
  const id = await newCampaign(ground.engine);
  const last = async () => (await ground.engine.store.read.lastSeqs([id])).get(id);
  await ground.look();
  const before = await ground.look();
  say(`${count} subscribers come`);
  const after = await last();
  const began = performance.now();
  const followers = await connectAll(ground, count, { campaign: id, after });
  const connected = performance.now() - began;
  const along = async (name) => {
    say(`${events} events, ${perSecond} a second, ${name}`);
    const before = await ground.look();
    const happened = await happen(ground.engine, id, { events, perSecond, last });
    await allHeard(followers, happened.at(-1).seq);
    const loop = await ground.look();
    const heard = heardOf(followers, happened);
    return { ...heard, loop, each: (1000 * (loop.cpu - before.cpu)) / heard.count };
  };
  const together = await along('all read');
  const slow = await neverReads(ground, ground.campaignIds[0]);
  const beside = await along('one never reads');
  const dropped = await slow.gone(patienceMs);
  const late = await ground.look();
  for (const follower of followers) follower.socket.terminate();
  return {
    ...{ count, events, perSecond, connected, together, beside },
    memory: {
      before: before.memory,
      with: together.loop.memory,
      beside: beside.loop.memory,
      late: late.memory,
    },
    slow: { dropped, experiments },
  };
}

async function newCampaign(engine) {
  const { id } = await createCampaign(engine, ada, {
    name: 'Followed by many',
    space: { parameters: [{ kind: 'continuous', name: 'temperature', min: 300, max: 1200, unit: 'K' }] },
    objective: { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' },
    budget: 10_000,
    approval: 'manual',
    strategy: 'random',
    initial: 1,
    parallel: 1,
  });
  await moveCampaign(engine, ada, id, 'active');
  await moveCampaign(engine, ada, id, 'paused');
  // What the worker does with it is done before anybody counts.
  await sleep(3000);
  return id;
}

async function connectAll(ground, count, variables) {
  const followers = [];
  for (let from = 0; from < count; from += 50) {
    const some = Array.from({ length: Math.min(50, count - from) }, () => follow(ground, variables));
    followers.push(...(await Promise.all(some)));
  }
  return followers;
}

/** graphql-transport-ws by hand: a thousand clients in one process must cost little. */
function follow({ url, secret }, variables, onOpen = () => undefined) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      perMessageDeflate: false,
    });
    const follower = { socket, heard: [], closed: null };
    const send = (message) => socket.send(JSON.stringify(message));
    socket.on('open', () => {
      send({ type: 'connection_init', payload: { authorization: `Bearer ${secret}` } });
    });
    socket.on('message', (data) => {
      const message = JSON.parse(data);
      if (message.type === 'connection_ack') {
        send({ type: 'subscribe', id: '1', payload: { query: document, variables } });
        onOpen(socket);
        resolve(follower);
      } else if (message.type === 'next') {
        follower.heard.push([message.payload.data.campaignEvents.seq, performance.now()]);
      } else if (message.type === 'ping') send({ type: 'pong' });
      else reject(new Error(`the server says ${data}`));
    });
    socket.on('close', (code) => (follower.closed = { code, at: performance.now() }));
    socket.on('error', reject);
  });
}

/** Asks for everything since the beginning, and takes nothing off the wire: what the server does with it is in its log. */
async function neverReads(ground, campaign) {
  const began = performance.now();
  const follower = await follow(ground, { campaign, after: 0 }, (socket) => socket.pause());
  return {
    /** Milliseconds until the server let it go, and how much waited for it then; null where it was kept. */
    async gone(patience) {
      const until = performance.now() + patience;
      const dropped = () => ground.told('a slow subscriber was dropped');
      while (dropped() === undefined && performance.now() < until) await sleep(50);
      follower.socket.terminate();
      const told = dropped();
      return told === undefined ? null : { afterMs: told.at - began, buffered: told.buffered };
    },
  };
}

/** When each event was asked to happen, by its number: its way into the log counts as delay. */
async function happen(engine, campaignId, { events, perSecond, last }) {
  const happened = [];
  const began = performance.now();
  let seq = await last();
  for (let number = 0; number < events; number += 1) {
    const early = began + (1000 * number) / perSecond - performance.now();
    if (early > 1) await sleep(early);
    const at = performance.now();
    const point = { temperature: 300 + ((number * 37) % 900) + seq / 1e6 };
    await addExperiment(engine, ada, { campaignId, point, reason: 'to be heard of' });
    const reached = await last();
    for (seq += 1; seq < reached; seq += 1) happened.push({ seq, at });
    happened.push({ seq: reached, at });
    seq = reached;
  }
  return happened;
}

async function allHeard(followers, seq) {
  const until = performance.now() + longestMs;
  while (performance.now() < until) {
    if (followers.every(({ heard, closed }) => closed !== null || (heard.at(-1)?.[0] ?? 0) >= seq)) return;
    await sleep(50);
  }
}

/** Delays of all deliveries, and how many did not hear each event exactly once and in order. */
function heardOf(followers, happened) {
  const from = happened[0].seq;
  const times = [];
  let wrong = 0;
  for (const { heard } of followers) {
    const own = heard.filter(([seq]) => seq >= from);
    if (own.length !== happened.length || own.some(([seq], i) => seq !== happened[i].seq)) wrong += 1;
    for (const [i, [, at]] of own.entries()) if (happened[i]) times.push(at - happened[i].at);
  }
  return { ...summary(times), wrong };
}
