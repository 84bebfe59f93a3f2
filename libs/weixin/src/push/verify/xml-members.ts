import { SaxesParser } from 'saxes';

/** WeChat's pushes have two or three levels. */
const MAX_DEPTH = 16;

/** Ends the parsing of a text that is not acceptable. */
class UnacceptableXml extends Error {}

/**
 * Returns the texts of the elements below the root element. The parser knows the five entities of XML only, and a document
 * type is refused: so no entity can be declared.
 * @returns undefined if the text is not well-formed, has a document type, is nested too deeply, or names an element twice
 */
export function xmlMembers(xml: string): ReadonlyMap<string, string> | undefined {
  const members = new Map<string, string>();
  const open: { name: string; text: string; isLeaf: boolean }[] = [];
  const refuse = (): never => {
    throw new UnacceptableXml();
  };
  const add = (text: string) => {
    const element = open.at(-1);
    if (element) element.text += text;
  };
  const parser = new SaxesParser();
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('opentag', ({ name }) => {
    const parent = open.at(-1);
    if (parent) parent.isLeaf = false;
    if (open.push({ name, text: '', isLeaf: true }) > MAX_DEPTH) refuse();
  });
  parser.on('closetag', () => {
    const element = open.pop();
    if (open.length !== 1 || !element?.isLeaf) return;
    if (members.has(element.name)) refuse();
    // A space at either end of Encrypt may be a plus sign.
    members.set(element.name, element.name === 'Encrypt' ? element.text : element.text.trim());
  });
  try {
    parser.write(xml).close();
  } catch (error) {
    if (error instanceof UnacceptableXml) return undefined;
    throw error;
  }
  return members;
}
