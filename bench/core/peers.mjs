/** The Python side as contestants: what they are asked to prepare, their times, and whether they compute the same. */
import { Buffer } from 'node:buffer';
import { fileURLToPath } from 'node:url';
import { openEnvironment, openPeer } from '../peers/environment.mjs';

const script = fileURLToPath(new URL('peer.py', import.meta.url));

/** The peers, or why there are none. */
export async function openPeers(report) {
  const { python, missing } = openEnvironment(report);
  if (missing !== undefined) return { missing, close: async () => undefined };
  const peer = openPeer(python, script);
  try {
    const { versions } = await peer.ask({ do: 'versions' });
    return { versions, prepare: (...args) => prepare(peer, ...args), close: peer.close };
  } catch (error) {
    return { missing: error.message, close: peer.close };
  }
}

const encode = (values) =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');

function decode(text) {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float64Array(bytes.buffer);
}

async function prepare(peer, name, { peerCase, sizes, arrays, clock }) {
  const encoded = Object.fromEntries(Object.entries(arrays).map(([key, values]) => [key, encode(values)]));
  await peer.ask({ do: 'prepare', id: name, case: peerCase, sizes, arrays: encoded });
  return {
    name,
    clock,
    time: (calls) => peer.ask({ do: 'time', id: name, calls }),
    async answer() {
      const { arrays: answered } = await peer.ask({ do: 'answer', id: name });
      return Object.fromEntries(Object.entries(answered).map(([key, text]) => [key, decode(text)]));
    },
    forget: () => peer.ask({ do: 'forget', id: name }),
  };
}

/** The greatest difference between two arrays, over the greatest number in the second. */
export function difference(ours, theirs) {
  if (ours.length !== theirs.length) return Infinity;
  let greatest = 0;
  let scale = 0;
  for (let i = 0; i < ours.length; i++) {
    const apart = Math.abs(ours[i] - theirs[i]);
    // A NaN must not look like agreement.
    if (!(apart <= greatest)) greatest = apart;
    scale = Math.max(scale, Math.abs(theirs[i]));
  }
  return greatest / scale;
}
