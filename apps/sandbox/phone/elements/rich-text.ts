import { parts } from 'mini-program:code';
import { pictureOf } from '../runtime/files.js';
import { allowedAttributes, isAllowed, safeStyle } from './rich-text-rules.js';
import { WxElement } from './wx-element.js';

/** A node of `nodes`: an element, unless its type is `text`. */
interface RichNode {
  type?: unknown;
  name?: unknown;
  attrs?: unknown;
  children?: unknown;
  text?: unknown;
}

const SPACES: Readonly<Record<string, string>> = { ensp: '\u2002', emsp: '\u2003', nbsp: '\u00a0' };

/**
 * `<rich-text>`: `nodes` are HTML or a list. Every element is made from the allowed names and attributes, and an element
 * of another name is left out with all that is in it. Nothing is fetched, and no script or handler gets in.
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/rich-text.html
 */
export class WxRichText extends WxElement {
  static readonly observedAttributes = ['nodes', 'space'];

  attributeChangedCallback(): void {
    const nodes = this.given('nodes');
    const list: unknown[] = Array.isArray(nodes) ? nodes : parsed(typeof nodes === 'string' ? nodes : '');
    this.replaceChildren(...list.flatMap((node) => this.made(node)));
  }

  private made(node: unknown): Node[] {
    if (typeof node !== 'object' || node === null) return [];
    const { type = 'node', name, attrs, children, text } = node as RichNode;
    if (type === 'text')
      return [document.createTextNode(this.spaced(decoded(typeof text === 'string' ? text : '')))];
    const tag = String(name).toLowerCase();
    if (type !== 'node' || !isAllowed(tag)) return [];
    const element = document.createElement(tag);
    this.dress(element, tag, typeof attrs === 'object' && attrs !== null ? attrs : {});
    if (Array.isArray(children))
      element.append(...(children as unknown[]).flatMap((child) => this.made(child)));
    return [element];
  }

  private dress(element: HTMLElement, tag: string, attrs: object): void {
    for (const [name, value] of Object.entries(attrs) as [string, unknown][]) {
      const text = String(value);
      if (name === 'class')
        element.classList.add(
          ...text
            .split(/\s+/)
            .filter(Boolean)
            .flatMap((each) => this.scoped(each)),
        );
      else if (name === 'style') safeStyle(element, text);
      else if (name === 'src' && tag === 'img') show(element as HTMLImageElement, pictureOf(text));
      else if (allowedAttributes(tag).includes(name)) element.setAttribute(name, text);
    }
  }

  /** A class of app.wxss, or one of the page or component whose template this is. */
  private scoped(name: string): string[] {
    const scope = parts[this.templatePath]?.scope;
    return scope === undefined ? [name] : [name, `${scope}--${name}`];
  }

  private spaced(text: string): string {
    return text.replaceAll(' ', SPACES[this.text('space', '')] ?? ' ');
  }
}

/** A picture that the phone would have to fetch is an empty frame. */
function show(image: HTMLImageElement, address: string | undefined): void {
  if (address !== undefined) image.src = address;
}

/** Text of a node may have entities, such as `&nbsp;`; it is no HTML. */
function decoded(text: string): string {
  return text.includes('&') ? documentOf(text.replaceAll('<', '&lt;')).body.textContent : text;
}

function parsed(html: string): unknown[] {
  return [...documentOf(html).body.childNodes].flatMap(nodeOf);
}

/** A document without a window: it runs nothing and loads nothing. */
function documentOf(html: string): Document {
  return new DOMParser().parseFromString(`<!doctype html><body>${html}`, 'text/html');
}

function nodeOf(node: Node): RichNode[] {
  // Parsed already: an & in it is one.
  if (node instanceof Text) return [{ type: 'text', text: node.data.replaceAll('&', '&amp;') }];
  if (!(node instanceof HTMLElement)) return [];
  const attrs = Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]));
  return [{ name: node.localName, attrs, children: [...node.childNodes].flatMap(nodeOf) }];
}
