import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * Writes a `.d.ts` for each source of a package, without a look at the types of its imports.
 * @param {string} sources a folder
 * @param {string} target another one
 */
export function declareTypes(sources, target) {
  for (const file of readdirSync(sources)) {
    const { outputText, diagnostics = [] } = ts.transpileDeclaration(
      readFileSync(`${sources}/${file}`, 'utf8'),
      {
        fileName: file,
        reportDiagnostics: true,
        compilerOptions: { isolatedDeclarations: true, declaration: true, experimentalDecorators: true },
      },
    );
    for (const { messageText } of diagnostics)
      throw new Error(`${file}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
    writeFileSync(`${target}/${file.replace(/\.ts$/, '.d.ts')}`, outputText);
  }
}
