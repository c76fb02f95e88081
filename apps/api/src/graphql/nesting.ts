import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';

/** How many brackets may be open at once. Parsing goes as deep as they do, and the stack has an end. */
const deepest = 200;

const opening: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** The complaint about a document that is nested too deeply to be parsed, or null. Other faults are the parser's to find. */
export function tooNested(text: string, tokens: number): GraphQLError | null {
  const lexer = new Lexer(new Source(text));
  let depth = 0;
  try {
    for (let n = 0; n <= tokens; n += 1) {
      const { kind } = lexer.advance();
      if (kind === TokenKind.EOF) return null;
      if (opening.has(kind)) depth += 1;
      if (closing.has(kind)) depth -= 1;
      if (depth > deepest) {
        return new GraphQLError(
          `This document is nested too deeply: at most ${deepest} brackets may be open`,
          {
            extensions: { code: 'QUERY_TOO_LARGE', http: { status: 400 } },
          },
        );
      }
    }
  } catch {
    return null;
  }
  return null;
}
