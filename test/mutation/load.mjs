import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { sep } from 'node:path';
import { transformSync } from '@swc/core';
import jestConfig from '../../jest.config.mjs';
import { counted } from './counts.mjs';
import { jestGlobals } from './declare.mjs';

const [[, compilation]] = Object.values(jestConfig.transform);

/** Reads TypeScript below `folder` as jest does; packages, also our own, are taken as they are built. */
export function loaderFor(folder) {
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, parent, ...rest) {
    const ours = request.startsWith('.') && parent?.filename?.endsWith('.ts');
    const source = ours ? request.replace(/\.js$/, '.ts') : request;
    return resolve.call(this, source, parent, ...rest);
  };
  const load = Module._load;
  Module._load = function (request, ...rest) {
    return request === '@jest/globals' ? jestGlobals : load.call(this, request, ...rest);
  };
  Module._extensions['.ts'] = (module, filename) => {
    const { code } = transformSync(readFileSync(filename, 'utf8'), { ...compilation, filename });
    module._compile(counted(code), filename);
  };
  return createRequire(folder + sep);
}
