/**
 * TensorFlow.js as the deep ensemble uses it. The portable backend is WebAssembly, the same bits on every machine; the native one is TensorFlow's
 * own library, where its package has been able to install it.
 */
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as tensorflow from '@tensorflow/tfjs-core';

export type Tensorflow = typeof tensorflow;

export interface Backend {
  readonly name: 'portable' | 'native';
  /** Whether it is quicker to train nets side by side, in one tensor, than one after the other. */
  readonly sideBySide: boolean;
  /** No tensor that `work` makes outlives it, and TensorFlow.js is left on the backend that it was on. */
  run<T>(work: (tf: Tensorflow) => T): T;
}

export type NativeBackend =
  | { readonly available: true; readonly backend: Backend }
  | { readonly available: false; readonly reason: string };

const nativePackage = '@tensorflow/tfjs-node';

export async function portableBackend(): Promise<Backend> {
  const tf = await import('@tensorflow/tfjs-core');
  // Else TensorFlow.js advertises packages on the console.
  tf.enableProdMode();
  await import('@tensorflow/tfjs-backend-wasm');
  const started = await leavingProcessAlone(() => tf.setBackend('wasm'));
  if (!started) throw new Error('TensorFlow.js cannot start its WebAssembly backend');
  return backendOf('portable', tf, 'wasm', false);
}

const deaths = ['uncaughtException', 'unhandledRejection'] as const;

/** What starts the backend also decides how the process dies of errors that have nothing to do with it: undone here. */
async function leavingProcessAlone<T>(start: () => Promise<T>): Promise<T> {
  const listeners: Pick<NodeJS.EventEmitter, 'listeners' | 'off'> = process;
  const before = new Set(deaths.flatMap((death) => listeners.listeners(death)));
  const result = await start();
  for (const death of deaths)
    for (const listener of listeners.listeners(death))
      if (!before.has(listener)) listeners.off(death, listener as () => void);
  return result;
}

/** TensorFlow's own library, or the reason why it cannot be had. */
export async function nativeBackend(): Promise<NativeBackend> {
  const missing = whatIsMissing();
  if (missing !== undefined) return { available: false, reason: missing };
  // What the library tells of itself on standard error is nothing that a user asked for.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  try {
    const tf = await import('@tensorflow/tfjs-core');
    tf.enableProdMode();
    await import(nativePackage);
    const backend = backendOf('native', tf, 'tensorflow', true);
    requireRightAnswer(backend);
    return { available: true, backend };
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { available: false, reason: `${nativePackage} does not run here: ${reason}` };
  }
}

/** Loading the package only to hear that it has no library would take half a second. */
function whatIsMissing(): string | undefined {
  let folder: string;
  try {
    folder = dirname(createRequire(import.meta.url).resolve(`${nativePackage}/package.json`));
  } catch {
    return `${nativePackage} is not installed`;
  }
  const libraries = join(folder, 'lib');
  const found =
    existsSync(libraries) &&
    readdirSync(libraries).some((version) => existsSync(join(libraries, version, 'tfjs_binding.node')));
  return found
    ? undefined
    : `${nativePackage} is installed without its native library: npm rebuild ${nativePackage} downloads it`;
}

/** Under some versions of Node the package loads and then fails at its first product. */
function requireRightAnswer(backend: Backend): void {
  const [product] = backend.run((tf) => tf.matMul([[2, 3]], [[5], [7]]).dataSync());
  if (product !== 31) throw new Error(`2·5 + 3·7 came out as ${product ?? 'nothing'}`);
}

function backendOf(name: Backend['name'], tf: Tensorflow, tfName: string, sideBySide: boolean): Backend {
  // At once, since backends that are in use have been started.
  const use = (wanted: string) => {
    if (tf.getBackend() !== wanted) void tf.setBackend(wanted);
  };
  return {
    name,
    sideBySide,
    run(work) {
      const before = tf.getBackend();
      use(tfName);
      tf.engine().startScope();
      try {
        return work(tf);
      } finally {
        tf.engine().endScope();
        use(before);
      }
    },
  };
}
