import { notFound } from '@ionloop/domain';
import { Controller, Get, Header, Param } from '@nestjs/common';
import { type ProblemCode, problemTypes } from '../http/problems.js';
import { documentText } from './document.js';

const text = documentText();

/** What is written about REST: the document, and a page for each problem. */
@Controller()
export class OpenApiController {
  @Get('lab/v1/openapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  document(): string {
    return text;
  }

  @Get('problems/:code')
  problem(@Param('code') code: string): object {
    if (!Object.hasOwn(problemTypes, code)) throw notFound('problem', code);
    return { code, ...problemTypes[code as ProblemCode] };
  }
}
