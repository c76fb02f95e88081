import { invalidInput, type ParameterSpec, type PointValue } from '@ionloop/domain';
import { matrix } from '@ionloop/linalg';
import type { Space } from '../contract.js';
import { openSpace } from '../space.js';
import { continuousPart } from './continuous-part.js';
import type { Stream, StreamBlock } from './contract.js';
import type { Cursor, StreamPart } from './cursor.js';
import { listedPart } from './listed.js';
import { mixturePart } from './mixture-part.js';
import { checkedRange, countingUp, type Range, requireInside } from './range.js';
import type { SpaceStreamSpec } from './spec.js';

/** Every combination of the values of a space's parameters. */
export function openProduct(spec: SpaceStreamSpec): Stream {
  const space = openSpace({ parameters: spec.parameters });
  if (spec.constraints !== undefined && spec.constraints.length > 0) {
    throw invalidInput(
      'space.constraints',
      'a stream does not know constraints yet; leave them out, and put what they ask for into the funnel',
    );
  }
  const parts = partsOf(spec);
  const inner = innerSizes(parts);
  const size = (inner[0] ?? 1n) * BigInt(parts[0]?.size ?? 1);
  return {
    size,
    dimension: space.dimension,
    names: space.names,
    ranges: parts.flatMap(({ ranges }) => ranges),
    blocks: (from, to, blockSize) =>
      productBlocks(space, parts, inner, checkedRange(from, to, blockSize, size)),
    pointAt(index) {
      requireInside(index, size);
      return Object.fromEntries(
        parts.map((part, i): [string, PointValue] => {
          const rank = (index / (inner[i] ?? 1n)) % BigInt(part.size);
          return [part.name, part.valueAt(Number(rank))];
        }),
      );
    },
    encode: space.encode,
    describe: space.describe,
  };
}

function partsOf({ parameters, levels = {}, mostComponents = {} }: SpaceStreamSpec): readonly StreamPart[] {
  requireKnown(parameters, 'levels', levels, 'continuous');
  requireKnown(parameters, 'mostComponents', mostComponents, 'mixture');
  return parameters.map((parameter, i) => {
    switch (parameter.kind) {
      case 'continuous':
        return parameter.step !== undefined && levels[parameter.name] === undefined
          ? listedPart(parameter)
          : continuousPart(parameter, levels[parameter.name]);
      case 'mixture':
        return mixturePart(parameter, mostComponents[parameter.name], `space.parameters[${i}]`);
      default:
        return listedPart(parameter);
    }
  });
}

function requireKnown(
  parameters: readonly ParameterSpec[],
  field: 'levels' | 'mostComponents',
  said: { readonly [name: string]: number },
  kind: ParameterSpec['kind'],
): void {
  const known = parameters.filter((parameter) => parameter.kind === kind).map(({ name }) => name);
  for (const [name, value] of Object.entries(said)) {
    if (!known.includes(name))
      throw invalidInput(`${field}.${name}`, `no ${kind} parameter is called "${name}"`);
    if (!(Number.isInteger(value) && value >= 1)) {
      throw invalidInput(
        `${field}.${name}`,
        `${field}.${name} is ${value}; it must be a whole number above 0`,
      );
    }
  }
}

/** How many candidates go by between two values of each part. */
function innerSizes(parts: readonly StreamPart[]): readonly bigint[] {
  const sizes = parts.map(() => 1n);
  for (let i = parts.length - 2; i >= 0; i--)
    sizes[i] = (sizes[i + 1] ?? 1n) * BigInt(parts[i + 1]?.size ?? 1);
  return sizes;
}

function* productBlocks(
  { dimension }: Space,
  parts: readonly StreamPart[],
  inner: readonly bigint[],
  { from, to, blockSize }: Range,
): Generator<StreamBlock> {
  const data = new Float64Array(blockSize * dimension);
  const ids = countingUp(blockSize);
  let column = 0;
  const columns = parts.map((part, i) => {
    const own = new PartColumns(part, inner[i] ?? 1n, column, dimension);
    column += part.columns.length;
    return own;
  });
  for (let at = from; at < to; at += BigInt(blockSize)) {
    const rows = to - at < BigInt(blockSize) ? Number(to - at) : blockSize;
    for (const one of columns) one.fill(data, at, rows);
    const X = matrix(rows, dimension, data.subarray(0, rows * dimension));
    yield { from: at, covers: rows, X, ids: ids.subarray(0, rows) };
  }
}

/** The columns of one part in a block: each value stays for as many rows as the parts behind it have combinations. */
class PartColumns {
  private readonly cursor: Cursor;

  constructor(
    private readonly part: StreamPart,
    private readonly inner: bigint,
    private readonly column: number,
    private readonly stride: number,
  ) {
    this.cursor = part.open();
  }

  fill(data: Float64Array, at: bigint, rows: number): void {
    let rank = Number((at / this.inner) % BigInt(this.part.size));
    if (this.inner === 1n) {
      this.fillEach(data, rank, rows);
      return;
    }
    const left = this.inner - (at % this.inner);
    let run = left < BigInt(rows) ? Number(left) : rows;
    // More than a block holds is as good as endless.
    const whole = this.inner < BigInt(rows) ? Number(this.inner) : rows;
    for (let done = 0; done < rows; done += run, run = Math.min(whole, rows - done)) {
      if (rank === this.part.size) rank = 0;
      this.cursor.seek(rank);
      const place = done * this.stride + this.column;
      this.cursor.write(data, place, this.stride, 1);
      this.repeat(data, place, run);
      rank += 1;
    }
  }

  private fillEach(data: Float64Array, first: number, rows: number): void {
    let rank = first;
    for (let done = 0; done < rows;) {
      if (rank === this.part.size) rank = 0;
      const count = Math.min(rows - done, this.part.size - rank);
      this.cursor.seek(rank);
      this.cursor.write(data, done * this.stride + this.column, this.stride, count);
      done += count;
      rank += count;
    }
  }

  private repeat(data: Float64Array, place: number, run: number): void {
    const { stride } = this;
    for (let j = 0; j < this.part.columns.length; j++) {
      const value = data[place + j] ?? 0;
      for (let i = 1, to = place + j + stride; i < run; i++, to += stride) data[to] = value;
    }
  }
}
