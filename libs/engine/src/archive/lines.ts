/** Lines of UTF-8 text, whatever the portions in which its bytes come; the last may lack its end. */
export async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      yield Buffer.concat([...parts, bytes.subarray(from, end)]).toString('utf8');
      parts = [];
      from = end + 1;
    }
    if (from < bytes.length) parts.push(Buffer.from(bytes.subarray(from)));
  }
  if (parts.length > 0) yield Buffer.concat(parts).toString('utf8');
}
