const PLAIN =
  'a abbr address article aside b bdi big blockquote br caption center cite code dd del div dl dt em fieldset font footer ' +
  'h1 h2 h3 h4 h5 h6 header hr i ins label legend li mark nav p pre q rt ruby s section small span strong sub sup tbody ' +
  'tfoot thead tt u ul';

/** The names that `<rich-text>` shows, with their attributes besides `class` and `style`. There is no `id`. */
const ALLOWED: ReadonlyMap<string, readonly string[]> = new Map([
  ...PLAIN.split(' ').map((name): [string, string[]] => [name, []]),
  ['bdo', ['dir']],
  ['col', ['span', 'width']],
  ['colgroup', ['span', 'width']],
  ['img', ['alt', 'src', 'height', 'width']],
  ['ol', ['start', 'type']],
  ['table', ['width']],
  ['td', ['colspan', 'height', 'rowspan', 'width']],
  ['th', ['colspan', 'height', 'rowspan', 'width']],
  ['tr', ['colspan', 'height', 'rowspan', 'width']],
]);

const FETCHING = /\b(?:url|src|image-set|cross-fade|image|element)\(/i;

/** Whether `<rich-text>` shows elements of this name, in small letters. */
export function isAllowed(name: string): boolean {
  return ALLOWED.has(name);
}

/** Returns the attributes of an allowed element besides `class` and `style`. */
export function allowedAttributes(name: string): readonly string[] {
  return ALLOWED.get(name) ?? [];
}

/**
 * Writes the style of an element that is not in the page yet, without what would fetch: addresses other than data, and
 * variables, in which an address could hide.
 */
export function safeStyle(element: HTMLElement, text: string): void {
  element.style.cssText = text;
  for (const name of Array.from(element.style)) {
    const value = element.style.getPropertyValue(name);
    // A part of a shorthand with a variable has no value yet.
    const isKnown = value !== '' && !name.startsWith('--') && !/\b(?:var|attr|env)\(/i.test(value);
    const fetches = FETCHING.test(value) && !/^url\("data:image\/[^"]*"\)$/.test(value);
    if (!isKnown || fetches) element.style.removeProperty(name);
  }
}
