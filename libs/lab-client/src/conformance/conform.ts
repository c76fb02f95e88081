import { messageOf } from '../errors.js';
import { answersLost } from './answers-lost.js';
import type { Case } from './case.js';
import { mindsChanged } from './minds-changed.js';
import { outages } from './outages.js';
import { Scene, Unmet } from './scene.js';
import { uploads } from './uploads.js';

export const cases: readonly Case[] = [...answersLost, ...mindsChanged, ...outages, ...uploads];

export interface Finding {
  readonly name: string;
  readonly passed: boolean;
  readonly expected: string;
  /** What was seen instead; empty where it passed. */
  readonly seen: string;
  /** The last that the client wrote, where it failed. */
  readonly output: string;
}

export interface ConformOptions {
  /** Starts the client: a program and its arguments, without a shell. */
  readonly command: readonly [string, ...string[]];
  /** What the client's environment holds besides the address, the token and the settings of the kit. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** All, unless named. */
  readonly names?: readonly string[];
  /** How many cases at a time; 4 unless told. */
  readonly parallel?: number;
  readonly onFinding?: (finding: Finding) => void;
}

/** Runs a client through the cases, each with a server and a spool of its own; findings come in the cases' order. */
export async function conform(options: ConformOptions): Promise<readonly Finding[]> {
  const { names, parallel = 4, onFinding = () => undefined } = options;
  const chosen = cases.filter(({ name }) => names === undefined || names.includes(name));
  const findings: Finding[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let i = next++; i < chosen.length; i = next++) {
      const finding = await find(chosen[i] as Case, options);
      findings[i] = finding;
      onFinding(finding);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return findings;
}

async function find({ name, expected, play }: Case, { command, env }: ConformOptions): Promise<Finding> {
  const scene = await Scene.open(command, env);
  try {
    await play(scene);
    return { name, passed: true, expected, seen: '', output: '' };
  } catch (error) {
    const seen = error instanceof Unmet ? error.message : messageOf(error);
    return { name, passed: false, expected, seen, output: scene.said };
  } finally {
    await scene.close();
  }
}
