/* global WebAssembly */
/**
 * What the machine can do at most with two doubles a lane and no fused multiply-add: independent chains of multiplications and additions
 * that never leave their registers, in WebAssembly. A chain waits some six cycles for itself and four operations may begin in each, so a
 * dozen chains keep every pipe busy; how well depends on the order the engine's compiler chooses, so that several ways of writing the loop are
 * tried and the fastest counts. A ceiling that is too low would flatter us.
 */
import asc from 'assemblyscript/asc';

const shapes = [11, 12, 13].flatMap((chains) =>
  ['tree', 'row'].map((sum) => ({ name: `${sum}${chains}`, chains, sum })),
);
const flopsPerChain = 4;

/** All terms in one expression: added one after the other, or in pairs, pairs of pairs, … */
function sumOf(terms, how) {
  if (terms.length === 1) return terms[0];
  const cut = how === 'tree' ? 2 ** Math.ceil(Math.log2(terms.length) - 1) : terms.length - 1;
  return `f64x2.add(${sumOf(terms.slice(0, cut), how)}, ${sumOf(terms.slice(cut), how)})`;
}

function source({ name, chains, sum }) {
  const names = Array.from({ length: chains }, (_, i) => `c${i}`);
  return `
    export function ${name}(steps: i32, factor: f64, term: f64): f64 {
      const m = f64x2.splat(factor), t = f64x2.splat(term);
      let ${names.map((chain) => `${chain} = t`).join(', ')};
      do {
        ${names.map((chain) => `${chain} = f64x2.add(f64x2.mul(${chain}, m), t);`).join('\n')}
      } while (--steps);
      const sum = ${sumOf(names, sum)};
      return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
    }`;
}

async function compile() {
  let bytes;
  const { error, stderr } = await asc.main(
    ['ceiling.ts', '--outFile', 'ceiling.wasm', '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'],
    {
      readFile: (name) => (name === 'ceiling.ts' ? shapes.map(source).join('\n') : null),
      writeFile: (name, contents) => {
        if (name === 'ceiling.wasm') bytes = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(stderr.toString(), { cause: error });
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
}

/**
 * GFLOP/s of the fastest shape in one pass over them. By wall time, which can only be too long: the best of many passes is one that nothing
 * interrupted. The first passes run in the compiler's slow tier.
 */
export async function openCeiling() {
  const loops = await compile();
  const steps = 400_000;
  return () =>
    Math.max(
      ...shapes.map(({ name, chains }) => {
        const began = performance.now();
        loops[name](steps, 0.999, 1);
        return (steps * chains * flopsPerChain) / ((performance.now() - began) * 1e6);
      }),
    );
}
