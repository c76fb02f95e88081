import { expect } from '@jest/globals';
import type { IonloopError } from '@ionloop/domain';

export const refusal = (code: IonloopError['code'], says?: RegExp): unknown =>
  expect.objectContaining({ code, ...(says ? { message: expect.stringMatching(says) as unknown } : {}) });
