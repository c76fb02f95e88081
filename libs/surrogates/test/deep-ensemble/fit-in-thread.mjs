// Fits in a thread what the test fits in the main one. Threads run what is built.
import { matrix, Philox } from '@ionloop/linalg';
import { loadDeepEnsemble } from '@ionloop/surrogates/deep-ensemble';
import { parentPort, workerData } from 'node:worker_threads';

const { X, y, options, seed } = workerData;
const { deepEnsemble } = await loadDeepEnsemble('portable');
const model = deepEnsemble(options).fit({ X: matrix(X.rows, X.cols, X.data), y }, Philox.fromSeed(seed));
parentPort.postMessage(JSON.stringify(model));
