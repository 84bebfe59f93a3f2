import { CurrentWindowBackendContext, globalOptions } from 'glass-easel';
import { type ComponentEnv, MiniProgramEnv } from 'glass-easel-miniprogram-adapter';
import { app, parts, templates } from 'mini-program:code';
import { reportLack } from '../wx/lacks.js';
import { dispatch } from './events.js';

// As in WeChat, a handler may be put on the instance later: uni-app does so.
globalOptions.useMethodCallerListeners = true;
const env = new MiniProgramEnv();
const codeSpace = env.createCodeSpace('', true);
/** The element around a page's content. */
const PAGE = 'page';
/** Elements that are no built-in components: the mini-program's own have the names that its json gives them. */
const OWN = new Set([
  PAGE,
  ...[app, ...Object.values(parts).map(({ json }) => json)].flatMap(({ usingComponents = {} }) =>
    Object.keys(usingComponents),
  ),
]);
const context = new CurrentWindowBackendContext();
// Built-in components are custom elements: <view> becomes <wx-view>, or <input> would be the browser's own.
context.document = {
  createElement: (name: string) => {
    if (!OWN.has(name) && !customElements.get(`wx-${name}`)) reportLack(`<${name}>`);
    return document.createElement(`wx-${name}`);
  },
  createTextNode: (text: string) => document.createTextNode(text),
  createDocumentFragment: () => document.createDocumentFragment(),
} as unknown as typeof context.document;
context.onEvent(dispatch);
const backend = env.associateBackend(context);

let definition: ComponentEnv | undefined;

/** Calls the function of the part whose script runs. */
const define =
  (kind: 'Component' | 'Page' | 'Behavior') =>
  (options: never): unknown =>
    (definition?.[kind] as ((options: never) => unknown) | undefined)?.(options);

/** What scripts call. Frameworks take hold of these when the app starts, before any part has been defined. */
export const definers = {
  Component: define('Component'),
  Page: define('Page'),
  Behavior: define('Behavior'),
};

/** Runs the scripts of all pages and components, which call `Component()`. */
export function defineParts(): void {
  for (const [path, { scope, json, run }] of Object.entries(parts)) {
    codeSpace.addComponentStaticConfig(path, {
      ...(json.component ? json : { styleIsolation: 'apply-shared' as never }),
      usingComponents: { ...app.usingComponents, ...json.usingComponents },
    });
    // Without an address: all style sheets are in the phone's own. The name stands before the part's classes.
    codeSpace.addStyleSheet(path, undefined, scope);
    const content = templates[path];
    if (content) codeSpace.addCompiledTemplate(path, { groupList: templates, content });
    codeSpace.componentEnv(path, (env) => {
      definition = env;
      run();
    });
  }
}

/** A new instance of a page, not yet on the screen. */
export function createPage(path: string) {
  return backend.createRoot(PAGE, codeSpace, path);
}
