// Renames the template: `Order` and `orders` become the names of a new feature, in the spelling that the context needs.

/** @typedef {{ kebab: string, snake: string, camel: string, pascal: string, words: string }} Spellings */
/** @typedef {{ singular: Spellings, plural: Spellings }} Names */

/** The timestamp in the name of the template's migration. */
const TIMESTAMP = /\b(Create\w+?)?1795478400000/g;

/**
 * @param {string} name in kebab-case, in the plural
 * @returns {Names}
 */
export function namesOf(name) {
  return { singular: spellingsOf(singularOf(name)), plural: spellingsOf(name) };
}

/** @param {string} plural */
function singularOf(plural) {
  if (plural.endsWith('ies')) return plural.replace(/ies$/, 'y');
  if (/(ss|[^ao]us|x|z|ch|sh)es$/.test(plural)) return plural.replace(/es$/, '');
  return plural.replace(/([^s])s$/, '$1');
}

/** @param {string} kebab @returns {Spellings} */
function spellingsOf(kebab) {
  const pascal = kebab.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());
  return {
    kebab,
    pascal,
    camel: pascal[0]?.toLowerCase() + pascal.slice(1),
    snake: kebab.replaceAll('-', '_'),
    words: kebab.replaceAll('-', ' '),
  };
}

/**
 * @param {string} text a source of the template, or the path of one
 * @param {Names} names
 * @param {string} timestamp of the migration, in milliseconds
 * @param {boolean} [isPath]
 */
export function rename(text, names, timestamp, isPath = false) {
  const dated = text.replace(TIMESTAMP, (_, prefix = '') => prefix + timestamp);
  const pascal = dated.replace(/Orders/g, names.plural.pascal).replace(/Order(?!By)/g, names.singular.pascal);
  const lower = (/** @type {string} */ part, /** @type {keyof Spellings} */ spelling) =>
    // `order: {` is an option of TypeORM.
    part.replace(/(?<![A-Za-z])order(s?)(?![a-z])(?!: \{)/g, (_, s) =>
      s === '' ? names.singular[spelling] : names.plural[spelling],
    );
  if (isPath) return lower(pascal, 'kebab');
  // Comments, then strings, then the rest, which are identifiers.
  return pascal.replace(/\/\*\*[^]*?\*\/|\/\/[^\n]*|'[^'\n]*'|`[^`]*`|[^'`/]+|\//g, (part) => {
    if (/^\/[/*]/.test(part)) return lower(part, part.includes('/api/') ? 'kebab' : 'words');
    if (!/^['`]/.test(part)) return lower(part, 'camel');
    if (part.includes('/')) return lower(part, 'kebab');
    return lower(part, part.includes(' ') ? 'words' : 'snake');
  });
}
