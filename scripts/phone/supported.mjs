import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const PHONE = fileURLToPath(new URL('../../apps/sandbox/phone/', import.meta.url));
const LINE_LENGTH = 120;

/** Returns the functions of `wx` and the components that the sandbox's phone has, for docs/sandbox.md. */
export function renderSupported() {
  const config = ts.readConfigFile(`${PHONE}tsconfig.json`, (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, PHONE);
  const program = ts.createProgram([`${PHONE}wx/wx.ts`, `${PHONE}elements/define.ts`], options);
  const functions = membersOf(program, 'wx/wx.ts', 'functions').map((name) => `wx.${name}`);
  const components = membersOf(program, 'elements/define.ts', 'ELEMENTS').map((name) => `<${name}>`);
  return `\`\`\`text\n${wrapped(functions)}\n\n${wrapped(components)}\n\`\`\`\n`;
}

/**
 * Returns the names of the members of an exported object, sorted.
 * @param {ts.Program} program
 * @param {string} file
 * @param {string} name
 */
function membersOf(program, file, name) {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(PHONE + file);
  const module = source && checker.getSymbolAtLocation(source);
  const symbol = module && checker.getExportsOfModule(module).find((each) => each.name === name);
  if (!symbol) throw new Error(`${file} does not export ${name}`);
  return checker
    .getTypeOfSymbol(symbol)
    .getProperties()
    .map((property) => property.name)
    .sort();
}

/** @param {readonly string[]} words */
function wrapped(words) {
  const lines = [''];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`.trimStart();
    if (longer.length > LINE_LENGTH) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.join('\n');
}
