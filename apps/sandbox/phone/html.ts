/** Makes an element: its tag, its class, and what stands in it. */
export function html<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** Makes a button. */
export function htmlButton(className: string, text: string, onClick: () => void): HTMLButtonElement {
  const button = html('button', className, text);
  button.type = 'button';
  button.addEventListener('click', onClick);
  return button;
}
