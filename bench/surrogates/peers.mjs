/** scikit-learn and LightGBM as contestants, or why there is none. */
import { Buffer } from 'node:buffer';
import { fileURLToPath } from 'node:url';
import { openEnvironment, openPeer } from '../peers/environment.mjs';

const script = fileURLToPath(new URL('peer.py', import.meta.url));
const encode = (values) =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');

export async function openPeers(say) {
  const { python, missing } = openEnvironment(say);
  if (missing !== undefined) return { missing, close: async () => undefined };
  const peer = openPeer(python, script);
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
