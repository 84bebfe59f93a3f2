/** A built-in component: `<view>` of a template is `<wx-view>` here. Attributes carry its properties. */
export class WxElement extends HTMLElement {
  /** Raises an event of the component for the mini-program's `bind:type`. */
  protected raise(type: string, detail: object = {}): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
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
