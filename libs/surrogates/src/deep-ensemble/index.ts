/** TensorFlow.js is loaded when `loadDeepEnsemble` is called, not before. */
import type { SurrogateFactory } from '../contract.js';
import { nativeBackend, portableBackend, type Backend } from './backend.js';
import {
  deepEnsembleOn,
  neuralNetworkOn,
  type DeepEnsembleOptions,
  type NeuralNetworkOptions,
} from './deepEnsemble.js';

export type { ActivationName } from './activation.js';
export { nativeBackend, portableBackend, type Backend, type NativeBackend } from './backend.js';
export type { DeepEnsembleOptions, NeuralNetworkOptions } from './deepEnsemble.js';

/** auto: native where it runs, else portable. */
export type BackendWish = 'auto' | 'portable' | 'native';

export interface BackendChoice {
  readonly name: Backend['name'];
  readonly why: string;
}

export interface DeepEnsembleFactories {
  /** What fits; the portable backend always predicts. */
  readonly backend: BackendChoice;
  deepEnsemble(options?: DeepEnsembleOptions): SurrogateFactory;
  neuralNetwork(options?: NeuralNetworkOptions): SurrogateFactory;
}

/** Starts TensorFlow.js. What it gives is synchronous, as every surrogate is. */
export async function loadDeepEnsemble(wish: BackendWish = 'auto'): Promise<DeepEnsembleFactories> {
  const portable = await portableBackend();
  const { fitting, why } = await chosen(wish, portable);
  const backends = { portable, fitting };
  return {
    backend: { name: fitting.name, why },
    deepEnsemble: (options) => deepEnsembleOn(backends, options),
    neuralNetwork: (options) => neuralNetworkOn(backends, options),
  };
}

async function chosen(
  wish: BackendWish,
  portable: Backend,
): Promise<{ readonly fitting: Backend; readonly why: string }> {
  if (wish === 'portable') return { fitting: portable, why: 'it was asked for' };
  const native = await nativeBackend();
  if (native.available)
    return { fitting: native.backend, why: wish === 'native' ? 'it was asked for' : 'its library runs here' };
  if (wish === 'native') throw new Error(`there is no native TensorFlow: ${native.reason}`);
  return { fitting: portable, why: native.reason };
}
