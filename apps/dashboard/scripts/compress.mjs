import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const worthwhile = 1000;

/** Lays a smaller copy beside each script and style: the server sends it to who can read it. */
export const compressed = () => ({
  name: 'compressed',
  apply: 'build',
  writeBundle({ dir }) {
    const folder = join(dir, 'assets');
    for (const file of readdirSync(folder).filter((name) => /\.(js|css)$/.test(name))) {
      const content = readFileSync(join(folder, file));
      if (content.length < worthwhile) continue;
      const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
      writeFileSync(join(folder, `${file}.br`), brotliCompressSync(content, quality));
      writeFileSync(join(folder, `${file}.gz`), gzipSync(content, { level: 9 }));
    }
  },
});
