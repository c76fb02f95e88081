import type { Core, CorePath } from './core.js';
import { PortableCore } from './portable/portableCore.js';
import { openSimdCore } from './wasm/simdCore.js';

export interface CoreStatus {
  readonly path: CorePath;
  /** Why it is the portable one; empty where it is not, or was asked for. */
  readonly reason: string;
}

interface Selected {
  readonly core: Core;
  readonly status: CoreStatus;
}

let selected: Selected | undefined;
const portable = new PortableCore();

/** The core of this thread: with SIMD where the engine has it. */
export function currentCore(): Core {
  return (selected ??= fastest()).core;
}

/** Which core this thread computes with, and why it is not the fast one. */
export function coreStatus(): CoreStatus {
  return (selected ??= fastest()).status;
}

/** Runs `work` on one core or the other; they give the same bits. Throws where there is no SIMD and it is asked for. */
export function onCore<T>(path: CorePath, work: () => T): T {
  const before = selected;
  selected = {
    core: path === 'simd' ? openSimdCore() : portable,
    status: { path, reason: '' },
  };
  try {
    return work();
  } finally {
    selected = before;
  }
}

function fastest(): Selected {
  try {
    return { core: openSimdCore(), status: { path: 'simd', reason: '' } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { core: portable, status: { path: 'portable', reason } };
  }
}
