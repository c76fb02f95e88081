import { IonloopError } from '@ionloop/domain';

export interface NumberedPiece {
  readonly number: number;
  readonly bytes: Uint8Array;
}

/** So many bytes are kept together. */
const pieceBytes = 256 * 1024;

/** What comes, in pieces of one length; refuses what is longer than it may be. */
export async function* pieces(
  content: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<NumberedPiece> {
  let held: Uint8Array[] = [];
  let size = 0;
  let total = 0;
  let number = 0;
  for await (const chunk of content) {
    total += chunk.byteLength;
    if (total > maxBytes) throw tooLarge(maxBytes);
    for (let at = 0; at < chunk.byteLength;) {
      const part = chunk.subarray(at, at + pieceBytes - size);
      held.push(part);
      size += part.byteLength;
      at += part.byteLength;
      if (size < pieceBytes) continue;
      yield { number, bytes: Buffer.concat(held) };
      [held, size, number] = [[], 0, number + 1];
    }
  }
  if (size > 0) yield { number, bytes: Buffer.concat(held) };
}

const tooLarge = (maxBytes: number): IonloopError =>
  new IonloopError(
    'TOO_LARGE',
    `a table may have ${maxBytes} bytes here; bring larger ones in by \`ionloop import\``,
  );
