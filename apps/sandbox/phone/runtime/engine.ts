import { CurrentWindowBackendContext } from 'glass-easel';
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter';
import { app, parts, templates } from 'mini-program:code';
import { dispatch } from './events.js';

const env = new MiniProgramEnv();
const codeSpace = env.createCodeSpace('', true);
const context = new CurrentWindowBackendContext();
// Built-in components are custom elements: <view> becomes <wx-view>, or <input> would be the browser's own.
context.document = {
  createElement: (name: string) => document.createElement(`wx-${name}`),
  createTextNode: (text: string) => document.createTextNode(text),
  createDocumentFragment: () => document.createDocumentFragment(),
} as unknown as typeof context.document;
context.onEvent(dispatch);
const backend = env.associateBackend(context);

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
    codeSpace.globalComponentEnv(globalThis, path, run);
  }
}

/** A new instance of a page, not yet on the screen. */
export function createPage(path: string) {
  return backend.createRoot('page', codeSpace, path);
}
