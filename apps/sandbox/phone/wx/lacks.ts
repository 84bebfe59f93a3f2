import { postToWorkbench } from '../runtime/workbench-link.js';

const noted = new Set<string>();
/** How WeChat names its functions; programs put values of their own under other names. */
const A_FUNCTION = /^[a-z][A-Za-z]*$/;

/**
 * Reports once, in the console and on the workbench, that the mini-program uses what this phone lacks and a real one has.
 * @param what as it is written: `wx.scanCode` or `<map>`
 */
export function reportLack(what: string): void {
  if (noted.has(what)) return;
  noted.add(what);
  console.warn(`The sandbox's phone has no ${what}. A real phone may have it.`);
  postToWorkbench({ type: 'lacks', what });
}

/**
 * Reports each function that is read and is not there. It stays undefined, as on a phone that is too old for it.
 * @param owner as it is written before their names: `wx`
 */
export function reportingLacks<T extends object>(owner: string, functions: T): T {
  return new Proxy(functions, {
    get: (target, name, receiver) => {
      if (typeof name === 'string' && A_FUNCTION.test(name) && !(name in target))
        reportLack(`${owner}.${name}`);
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
}
