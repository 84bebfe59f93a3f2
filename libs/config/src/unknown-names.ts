import { closest } from 'fastest-levenshtein';
import { VARIABLES } from './variables/variables.js';

/** One warning for each `WEIXIN_*` or `JWT_*` name that nothing reads, with the nearest name that something does. */
export function unknownNames(env: NodeJS.ProcessEnv): string[] {
  const known = Object.keys(VARIABLES);
  return Object.keys(env)
    .filter((name) => /^(WEIXIN|JWT)_/.test(name) && !known.includes(name))
    .map((name) => `${name} is not a setting of this service. Did you mean ${closest(name, known)}?`);
}
