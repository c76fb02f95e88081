import { createHash, type Hash } from 'node:crypto';

/** One hash over plain data: the bytes of its doubles, in order, with what tells one shape from another. All NaNs are one. */
export function hashOf(value: unknown): string {
  const hash = createHash('sha256');
  add(hash, value);
  return hash.digest('hex').slice(0, 32);
}

function add(hash: Hash, value: unknown): void {
  if (typeof value === 'number') addNumbers(hash, 'number', Float64Array.of(value));
  else if (typeof value === 'string') addText(hash, 'text', value);
  else if (typeof value === 'boolean' || value === null || value === undefined)
    addText(hash, 'word', String(value));
  else if (ArrayBuffer.isView(value))
    addNumbers(hash, 'numbers', Float64Array.from(value as unknown as ArrayLike<number>));
  else if (Array.isArray(value)) {
    addText(hash, 'list', String(value.length));
    for (const element of value) add(hash, element);
  } else if (typeof value === 'object') {
    const entries = Object.entries(value);
    addText(hash, 'object', entries.map(([name]) => name).join());
    for (const [, element] of entries) add(hash, element);
  } else throw new TypeError(`a ${typeof value} has no hash`);
}

function addText(hash: Hash, kind: string, text: string): void {
  hash.update(`${kind} ${text.length} ${text}\n`);
}

/** `values` is changed. */
function addNumbers(hash: Hash, kind: string, values: Float64Array): void {
  const words = new Uint32Array(values.buffer);
  for (let i = 0; i < values.length; i++)
    if (values[i] !== values[i]) {
      words[2 * i] = 0;
      words[2 * i + 1] = 0x7ff80000;
    }
  hash.update(`${kind} ${values.length} `).update(words);
}
