/** What glass-easel has put at an element: its node, which keeps attributes as the template gave them. */
interface TemplateNode {
  id: string;
  getAttribute: (name: string) => unknown;
  ownerShadowRoot: { getHostNode: () => { is: string } } | null;
}

/**
 * Returns the names of attributes for `observedAttributes`.
 * @param names as WeChat documents them, with hyphens: `blockSize` is another way to write `block-size`
 */
export function bothSpellings(...names: string[]): string[] {
  return [...new Set(names.flatMap((name) => [name, name.replaceAll('-', '')]))];
}

/** A built-in component: `<view>` of a template is `<wx-view>` here. Attributes carry its properties. */
export class WxElement extends HTMLElement {
  declare readonly __wxElement?: TemplateNode;

  /** Raises an event of the component for the mini-program's `bind:type`. */
  protected raise(type: string, detail: object = {}): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** Returns an attribute, written `block-size` or `blockSize`. */
  protected attribute(name: string): string | null {
    return this.getAttribute(name) ?? this.getAttribute(name.replaceAll('-', ''));
  }

  /** Returns an attribute as a number, or the default for what is none. */
  protected number(name: string, otherwise: number): number {
    const text = this.attribute(name) ?? '';
    return text.trim() === '' || Number.isNaN(Number(text)) ? otherwise : Number(text);
  }

  /** Returns a colour or another text; an empty one is the default. */
  protected text(name: string, otherwise: string): string {
    return this.attribute(name) || otherwise;
  }

  /** Returns an attribute as the template gave it: `{{list}}` is an array, which an attribute of the browser is not. */
  protected given(name: string): unknown {
    return this.__wxElement?.getAttribute(name) ?? this.getAttribute(name);
  }

  /** The `id` of the template, which the element of the browser has not. */
  get templateId(): string {
    return this.__wxElement?.id ?? '';
  }

  /** The path of the page or component whose template has this element. */
  protected get templatePath(): string {
    return this.__wxElement?.ownerShadowRoot?.getHostNode().is ?? '';
  }

  // glass-easel writes `true` as '' and takes `false` away; for ARIA an absent attribute is no `false`.
  override setAttribute(name: string, value: string): void {
    if (name === 'aria-role') this.setRole(value);
    else super.setAttribute(name, name.startsWith('aria-') && value === '' ? 'true' : value);
  }

  override removeAttribute(name: string): void {
    if (name.startsWith('aria-')) super.setAttribute(name, 'false');
    else super.removeAttribute(name);
  }

  private setRole(role: string): void {
    super.setAttribute('role', role);
    if (/^(button|checkbox|radio|switch|link|tab|menuitem)$/.test(role)) this.tabIndex = 0;
  }
}

/** A component that does something of its own when it is tapped, after the mini-program's handler. */
export abstract class WxActor extends WxElement {
  static readonly observedAttributes: string[] = ['disabled'];

  connectedCallback(): void {
    this.setAttribute('aria-role', 'button');
    this.attributeChangedCallback('disabled');
  }

  attributeChangedCallback(name: string): void {
    if (name !== 'disabled') return;
    this.setAttribute('aria-disabled', String(this.disabled));
    this.tabIndex = this.disabled ? -1 : 0;
  }

  get disabled(): boolean {
    return this.hasAttribute('disabled');
  }

  abstract act(): void;
}
