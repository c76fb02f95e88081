import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export interface Block {
  readonly language: 'graphql' | 'typescript';
  readonly text: string;
  /** Of GraphQL: as they stand, with braces. */
  readonly variables: string;
}

export interface Task {
  readonly number: number;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** The tasks of docs/graphql-cookbook.md, with what each of them sends. */
export function tasksOfTheCookbook(): readonly Task[] {
  const page = readFileSync(resolve(__dirname, '../../docs/graphql-cookbook.md'), 'utf8');
  return page
    .split(/^## (?=\d+\. )/m)
    .slice(1)
    .map((section) => {
      const [, number, title] = /^(\d+)\. (.+)$/m.exec(section) ?? [];
      const blocks = [
        ...section.matchAll(/```(graphql|typescript)\n([^]*?)```(?:\s+```json\n([^]*?)```)?/g),
      ].map(([, language, text = '', variables = '{}']): Block => ({
        ...{ language: language as Block['language'], text, variables },
      }));
      return { number: Number(number), title: title ?? '', blocks };
    });
}
