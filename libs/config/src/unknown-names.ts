import { closest } from 'fastest-levenshtein';
import { VARIABLES } from './variables/variables.js';

/** Returns a warning for each unknown `WEIXIN_*` or `JWT_*` variable, with the most similar known name. */
export function unknownNames(env: NodeJS.ProcessEnv): string[] {
  const known = Object.keys(VARIABLES);
  return Object.keys(env)
    .filter((name) => /^(WEIXIN|JWT)_/.test(name) && !known.includes(name))
    .map((name) => `${name} is not a setting of this service. Did you mean ${closest(name, known)}?`);
}
