import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { documentText } from './openapi/document.js';

/** `node apps/api/dist/write-openapi.js`: puts the document that the routes say in the committed file's place. */
await writeFile(new URL('../../../docs/openapi.json', import.meta.url), documentText());
