import { clearTimeout } from 'node:timers';
import { expect } from 'expect';

/**
 * What `@jest/globals` gives to a test file, kept for being run many times: a file is read once, and its tests are
 * run again for every mutant. A block that prepares something for all its tests is one unit, as they may build on each
 * other; anywhere else each test is a unit of its own.
 */
const leastSeconds = 120;
export const neverEnded = 'not done after';

class Block {
  tests = [];
  blocks = [];
  hooks = { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] };
  constructor(title, parent) {
    this.title = title;
    this.parent = parent;
  }
  get path() {
    return this.parent === undefined ? [] : [...this.parent.path, this.title];
  }
  /** From the outermost to this one. */
  get line() {
    return this.parent === undefined ? [this] : [...this.parent.line, this];
  }
  get everyTest() {
    return [...this.tests, ...this.blocks.flatMap((block) => block.everyTest)];
  }
}

let open = new Block('', undefined);

/** The units of one file, in the order of their declaration; `read` loads the file. */
export function unitsOf(fileName, read) {
  const file = new Block('', undefined);
  open = file;
  read();
  const times = new Map();
  return unitsIn(file).map(({ title, run }) => {
    const time = (times.get(title) ?? 0) + 1;
    times.set(title, time);
    const name = time === 1 ? title : `${title} (${time})`;
    return { id: `${fileName} ${name}`, name, run };
  });
}

function unitsIn(block) {
  if (block.hooks.beforeAll.length + block.hooks.afterAll.length > 0)
    return [{ title: block.path.join(' › '), run: () => runBlock(block) }];
  return [
    ...block.tests.map((test) => ({
      title: [...block.path, test.title].join(' › '),
      run: () => runTest(test),
    })),
    ...block.blocks.flatMap(unitsIn),
  ];
}

async function runBlock(block) {
  try {
    for (const hook of block.hooks.beforeAll) await hook();
    for (const test of block.everyTest) await runTest(test);
  } finally {
    for (const hook of block.hooks.afterAll) await hook();
  }
}

async function runTest({ block, body, milliseconds }) {
  expect.setState({ assertionCalls: 0, expectedAssertionsNumber: null, isExpectingAssertions: false });
  try {
    for (const { hooks } of block.line) for (const hook of hooks.beforeEach) await hook();
    await within(milliseconds, body);
    const [missing] = expect.extractExpectedAssertionsErrors();
    if (missing !== undefined) throw missing.error;
  } finally {
    for (const { hooks } of block.line.reverse()) for (const hook of hooks.afterEach) await hook();
  }
}

/** A body that ends at once is not made to wait for a timer. */
async function within(milliseconds, body) {
  const ending = body();
  if (typeof ending?.then !== 'function') return;
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${neverEnded} ${milliseconds} ms`)), milliseconds);
  });
  await Promise.race([ending, late]).finally(() => clearTimeout(timer));
}

function describe(title, body) {
  const block = new Block(title, open);
  open.blocks.push(block);
  open = block;
  body();
  open = block.parent;
}

function it(title, body, milliseconds = 0) {
  const test = { block: open, title, body, milliseconds: Math.max(milliseconds, leastSeconds * 1000) };
  open.tests.push(test);
}

const forEach = (declare) => (rows) => (title, body, milliseconds) =>
  rows.forEach((row, i) => {
    const values = Array.isArray(row) ? row : [row];
    declare(`${title} [${i}]`, () => body(...values), milliseconds);
  });

describe.each = forEach(describe);
describe.skip = () => undefined;
it.each = forEach(it);

const hook = (name) => (run) => open.hooks[name].push(run);

export const jestGlobals = {
  describe,
  it,
  test: it,
  expect,
  beforeAll: hook('beforeAll'),
  beforeEach: hook('beforeEach'),
  afterEach: hook('afterEach'),
  afterAll: hook('afterAll'),
};
