import { invalidInput, IonloopError } from '@ionloop/domain';
import type { IncomingHttpHeaders } from 'node:http';
import { id } from './requests.js';

const word = id('');

export function bootIn(headers: IncomingHttpHeaders): string {
  const header = headers['ionloop-boot'];
  if (typeof header === 'string' && header !== '') return word.read(header, 'Ionloop-Boot');
  throw invalidInput(
    'Ionloop-Boot',
    'the header Ionloop-Boot is missing: the id that the station drew at its start',
  );
}

/** A string of structured fields, `"…"`, or the same word without its quotes. */
export function keyIn(headers: IncomingHttpHeaders): string {
  const header = headers['idempotency-key'];
  if (typeof header !== 'string' || header.trim() === '') {
    throw new IonloopError(
      'IDEMPOTENCY_KEY_MISSING',
      'the header Idempotency-Key is missing: draw one for each request and keep it for its retries',
      'Idempotency-Key',
    );
  }
  const key = keyHeader.exec(header.trim());
  if (!key) {
    throw invalidInput(
      'Idempotency-Key',
      'Idempotency-Key must be one word of visible characters, or a text in double quotes, as in RFC 8941',
    );
  }
  return word.read(key[1]?.replaceAll(/\\(["\\])/g, '$1') ?? key[2], 'Idempotency-Key');
}

const keyHeader = /^(?:"((?:[ !#-[\]-~]|\\["\\])*)"|([!#-+\--:<-~]+))$/;
