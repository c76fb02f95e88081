/** The peers as contestants, each in a process of its own: 'core' is scikit-learn and LightGBM, 'discovery' BoTorch. */
import { Buffer } from 'node:buffer';
import { fileURLToPath } from 'node:url';
import { openEnvironment, openPeer } from '../peers/environment.mjs';

const scripts = { core: 'peer.py', discovery: 'botorch_process.py' };
const encode = (values) =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');

/** Those of an environment, or why there are none. */
export async function openPeers(say, environment = 'core') {
  const { python, missing } = openEnvironment(say, environment);
  if (missing !== undefined) return { missing, close: async () => undefined };
  const peer = openPeer(python, fileURLToPath(new URL(scripts[environment], import.meta.url)));
  const { versions } = await peer.ask({ do: 'versions' });
  return {
    versions,
    load: (id, { X, y }) =>
      peer.ask({ do: 'load', id, X: encode(X.data), y: encode(y), rows: X.rows, cols: X.cols }),
    fit: async (model, on, options) => (await peer.ask({ do: 'fit', model, on, options })).cpu,
    async predict(model, on) {
      const { cpu, mean } = await peer.ask({ do: 'predict', model, on });
      return { cpu, mean: new Float64Array(Uint8Array.from(Buffer.from(mean, 'base64')).buffer) };
    },
    close: peer.close,
  };
}
