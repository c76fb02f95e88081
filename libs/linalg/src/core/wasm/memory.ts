import { OutOfMemoryError } from '../../errors.js';
import type { Block } from '../core.js';

const pageBytes = 65536;
/** 32-bit addresses end here. */
const mostBytes = 4294967296;

/** Doubles at a place in WebAssembly memory; the view is made anew when the memory has grown. */
export class Region implements Block {
  #view: Float64Array | null = null;

  constructor(
    private readonly memory: WebAssembly.Memory,
    readonly address: number,
    readonly length: number,
  ) {}

  get values(): Float64Array {
    // A view of memory that has grown is detached and says that it is empty.
    if (this.#view === null || this.#view.buffer !== this.memory.buffer)
      this.#view = new Float64Array(this.memory.buffer, this.address, this.length);
    return this.#view;
  }

  from(offset: number): Region {
    return new Region(this.memory, this.address + 8 * offset, this.length - offset);
  }
}

/** A stack of regions over one module's memory. */
export class Stack {
  private top: number;

  constructor(
    private readonly memory: WebAssembly.Memory,
    private readonly base: number,
  ) {
    this.top = base;
  }

  get isEmpty(): boolean {
    return this.top === this.base;
  }

  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  mark(): number {
    return this.top;
  }

  release(mark: number): void {
    this.top = mark;
  }

  /** `length` doubles, on a boundary of 64 bytes. */
  allocate(length: number, content: 'zeros' | 'unset' = 'zeros'): Region {
    const address = Math.ceil(this.top / 64) * 64;
    // Kernels work in pairs and fours: a little room behind the last double.
    const end = address + 8 * length + 64;
    this.reach(end);
    this.top = end;
    const region = new Region(this.memory, address, length);
    if (content === 'zeros') region.values.fill(0);
    return region;
  }

  private reach(end: number): void {
    const missing = end - this.bytes;
    if (missing <= 0) return;
    if (end > mostBytes) throw new OutOfMemoryError(end, mostBytes);
    try {
      this.memory.grow(Math.ceil(missing / pageBytes));
    } catch {
      throw new OutOfMemoryError(end, this.bytes);
    }
  }
}
