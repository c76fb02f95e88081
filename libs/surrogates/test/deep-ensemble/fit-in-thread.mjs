// Fits in a thread what the test fits in the main one. Threads run what is built.
import { matrix, Philox } from '@ionloop/linalg';
import '@ionloop/surrogates';
import { loadDeepEnsemble } from '@ionloop/surrogates/deep-ensemble';
import { parentPort, workerData } from 'node:worker_threads';

const { X, y, options, seed } = workerData;
const loadedUnasked = '_tfengine' in globalThis;
const listening = () =>
  process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection');
const before = listening();
const { deepEnsemble } = await loadDeepEnsemble('portable');
const listenersAdded = listening() - before;
const model = deepEnsemble(options).fit({ X: matrix(X.rows, X.cols, X.data), y }, Philox.fromSeed(seed));
parentPort.postMessage({
  listenersAdded,
  loadedUnasked,
  loaded: '_tfengine' in globalThis,
  json: JSON.stringify(model),
});
