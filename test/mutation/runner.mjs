import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { DryRunStatus, MutantRunStatus, TestStatus } from '@stryker-mutator/api/test-runner';
import { passedSince, withMutant } from './counts.mjs';
import { neverEnded, unitsOf } from './declare.mjs';
import { notDrawn, Survivors } from './survivors.mjs';
import { loaderFor } from './load.mjs';
import { Watchdog } from './watchdog.mjs';

/**
 * Runs the tests of a package in one process that reads them once: thousands of mutants, a moment each. Nothing of
 * this makes a mutant look killed. A failure counts only if the same test passes right after it without the mutant and
 * fails once more with it; if it does not pass without it, something was left behind and a new process is begun.
 */
class Runner {
  #units = [];
  #seconds = new Map();
  #spoiled = false;
  #whenRead = {};
  #testFiles;
  #sample;
  #drawn;
  #watchdog;

  static inject = ['options'];
  constructor({ mutation }) {
    this.#testFiles = mutation.tests;
    this.#sample = mutation.sample;
  }

  capabilities() {
    return { reloadEnvironment: false };
  }

  init() {
    // What a mutant leaves undone fails in the test that waits for it, or nobody waits for it.
    process.on('unhandledRejection', () => undefined);
    const sandbox = process.cwd();
    // The same cases for every mutant.
    createRequire(join(sandbox, 'package.json'))('fast-check').configureGlobal({ seed: 20_261_121 });
    const load = loaderFor(sandbox);
    this.#units = readdirSync(join(sandbox, this.#testFiles), { recursive: true })
      .filter((name) => name.endsWith('.test.ts'))
      .sort()
      .flatMap((name) => {
        const path = join(sandbox, this.#testFiles, name);
        return unitsOf(name, () => load(path)).map((unit) => ({ ...unit, fileName: path }));
      });
    this.#whenRead = passedSince();
    this.#watchdog = new Watchdog();
    if (existsSync(times)) this.#seconds = new Map(JSON.parse(readFileSync(times, 'utf8')));
    if (existsSync(drawn)) this.#drawn = new Set(JSON.parse(readFileSync(drawn, 'utf8')));
  }

  async dryRun() {
    const tests = [];
    const perTest = {};
    for (const { id, name, fileName, run } of this.#units) {
      const began = performance.now();
      const spentBefore = secondsSpent();
      const failure = await failureOf(run);
      perTest[id] = passedSince();
      const timeSpentMs = performance.now() - began;
      this.#seconds.set(id, secondsSpent() - spentBefore);
      const status = failure === undefined ? TestStatus.Success : TestStatus.Failed;
      tests.push({ id, name, fileName, timeSpentMs, status, failureMessage: failure });
    }
    writeFileSync(times, JSON.stringify([...this.#seconds]));
    if (this.#sample !== undefined) {
      const reached = new Set(Object.values(perTest).flatMap((counts) => Object.keys(counts)));
      this.#drawn = new Set(drawnFrom([...reached], this.#sample));
      writeFileSync(drawn, JSON.stringify([...this.#drawn]));
    }
    return { status: DryRunStatus.Complete, tests, mutantCoverage: { static: this.#whenRead, perTest } };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    if (this.#drawn?.has(activeMutant.id) === false)
      return { status: MutantRunStatus.Error, errorMessage: notDrawn };
    if (this.#watchdog.endedBy(activeMutant.id))
      return { status: MutantRunStatus.Timeout, reason: 'it takes far more time than the program itself' };
    if (this.#spoiled) throw new Error('a new process is needed');
    const wanted = new Set(testFilter ?? this.#units.map(({ id }) => id));
    const secondsOf = ({ id }) => this.#seconds.get(id) ?? 0;
    const quickestFirst = this.#units
      .filter(({ id }) => wanted.has(id))
      .sort((a, b) => secondsOf(a) - secondsOf(b));
    const result = await this.#triedOn(
      quickestFirst,
      activeMutant.id,
      hitLimit && Math.max(1000, hitLimit / 10),
    );
    this.#watchdog.rest();
    if (result.status === MutantRunStatus.Timeout) this.#spoiled = result.spoils;
    return result;
  }

  async #triedOn(units, mutant, hitLimit) {
    let nrOfTests = 0;
    for (const { id, run } of units) {
      nrOfTests++;
      const tried = () => {
        this.#watchdog.allow(mutant, 2 + 10 * (this.#seconds.get(id) ?? 0));
        return withMutant(mutant, hitLimit, () => failureOf(run));
      };
      const { failure, tooOften } = await tried();
      if (tooOften)
        return {
          status: MutantRunStatus.Timeout,
          reason: `more than ${hitLimit} times in ${id}`,
          spoils: false,
        };
      if (failure === undefined) continue;
      if (failure.startsWith(neverEnded))
        return { status: MutantRunStatus.Timeout, reason: failure, spoils: true };
      if ((await failureOf(run)) !== undefined) {
        this.#spoiled = true;
        throw new Error(`${id} fails without the mutant as well`);
      }
      const again = await tried();
      if (again.failure === undefined) continue;
      return { status: MutantRunStatus.Killed, killedBy: [id], failureMessage: failure, nrOfTests };
    }
    return { status: MutantRunStatus.Survived, nrOfTests };
  }
}

const times = '.seconds-of-tests.json';
const drawn = '.sample-of-mutants.json';

/** So many of them by a seed: all where there are fewer. */
function drawnFrom(mutants, { size, seed }) {
  const places = mutants.map((id) => [createHash('sha256').update(`${seed} ${id}`).digest('hex'), id]);
  return places
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, size)
    .map(([, id]) => id);
}

function secondsSpent() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function failureOf(run) {
  try {
    await run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'in-process', Runner),
  declareClassPlugin(PluginKind.Reporter, 'survivors', Survivors),
];
export const strykerValidationSchema = {
  properties: {
    mutation: {
      type: 'object',
      properties: { tests: { type: 'string' }, sample: { type: 'object' } },
      required: ['tests'],
    },
    survivors: { type: 'object', properties: { fileName: { type: 'string' } }, required: ['fileName'] },
  },
};
