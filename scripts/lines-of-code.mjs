import ts from 'typescript';

const declaresOnly = (node) =>
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isImportDeclaration(node) ||
  ts.isExportDeclaration(node) ||
  node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);

/** The lines on which a statement begins that does something: no types, imports, comments, braces or heads of functions. */
export function linesOfCode(text) {
  const file = ts.createSourceFile('it.ts', text, ts.ScriptTarget.Latest);
  const lines = new Set();
  visit(file);
  return [...lines].sort((a, b) => a - b);

  function visit(node) {
    if (declaresOnly(node)) return;
    const acts =
      (ts.isStatement(node) &&
        !ts.isBlock(node) &&
        !ts.isFunctionDeclaration(node) &&
        !ts.isClassDeclaration(node)) ||
      (ts.isPropertyDeclaration(node) && node.initializer) ||
      (ts.isArrowFunction(node) && !ts.isBlock(node.body));
    const place = ts.isArrowFunction(node) ? node.body : node;
    if (acts) lines.add(file.getLineAndCharacterOfPosition(place.getStart(file)).line + 1);
    ts.forEachChild(node, visit);
  }
}
