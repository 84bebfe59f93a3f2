const RPX_OF_THE_SCREEN = 750;

/**
 * Returns the style sheet of a mini-program for a browser: an element `view` becomes `wx-view`, classes get the prefix
 * of a scope, and lengths refer to the container of the page: its height ends at the bars, as `100vh` does in a
 * mini-program.
 * @param {string} wxss
 * @param {string} scope what glass-easel writes before each class of the part, or '' for app.wxss
 */
export function compileWxss(wxss, scope) {
  return rulesOf(wxss.replace(/\/\*.*?\*\//gs, ''), scope);
}

/**
 * @param {string} css without comments
 * @param {string} scope
 */
function rulesOf(css, scope) {
  let result = '';
  for (let rest = css.trim(); rest !== ''; rest = rest.trim()) {
    const open = rest.indexOf('{');
    if (open === -1) throw new Error(`WXSS: «${rest.slice(0, 60)}» is no rule`);
    const close = closingBrace(rest, open);
    result += rule(rest.slice(0, open).trim(), rest.slice(open + 1, close), scope);
    rest = rest.slice(close + 1);
  }
  return result;
}

/**
 * @param {string} head a selector, or an at-rule up to its brace
 * @param {string} body
 * @param {string} scope
 */
function rule(head, body, scope) {
  if (/^@(media|supports)\b/.test(head)) return `${head}{${rulesOf(body, scope)}}\n`;
  if (/^@(-webkit-)?keyframes\b|^@font-face\b/.test(head)) return `${head}{${lengthsOf(body)}}\n`;
  if (head.startsWith('@')) throw new Error(`WXSS: the phone does not know ${head}`);
  return `${selectorOf(head, scope)}{${lengthsOf(body)}}\n`;
}

/**
 * @param {string} selector
 * @param {string} scope
 */
function selectorOf(selector, scope) {
  return selector.replace(
    // Text in brackets or quotes does not change, nor do :pseudo-classes, #ids and ::pseudo-elements.
    /\[[^\]]*\]|[:#]{1,2}[\w-]+|\.([\w-]+)|[a-zA-Z][\w-]*/g,
    (found, /** @type {string | undefined} */ className) => {
      if (className !== undefined) return scope === '' ? found : `.${scope}--${className}`;
      return /^[a-z]/i.test(found) ? `wx-${found}` : found;
    },
  );
}

/** @param {string} text */
function lengthsOf(text) {
  return text.replace(
    /(-?\d*\.?\d+)(rpx|vw|vh)\b/g,
    (_found, /** @type {string} */ number, /** @type {string} */ unit) => {
      if (unit === 'rpx') return `${(Number(number) * 100) / RPX_OF_THE_SCREEN}cqw`;
      return `${number}${unit === 'vw' ? 'cqw' : 'cqh'}`;
    },
  );
}

/**
 * @param {string} css
 * @param {number} open index of the opening brace
 */
function closingBrace(css, open) {
  for (let at = open, depth = 0; at < css.length; at++) {
    if (css[at] === '{') depth++;
    else if (css[at] === '}' && --depth === 0) return at;
  }
  throw new Error(`WXSS: the brace of «${css.slice(0, open).trim()}» is not closed`);
}
