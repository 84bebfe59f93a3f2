import { runApp } from 'mini-program:code';
import { defineElements } from '../elements/define.js';
import { html } from '../html.js';
import { setNetwork } from '../wx/network.js';
import { defineOpenTypes } from '../wx/open-types.js';
import { wx } from '../wx/wx.js';
import { bars, drawBars } from './bars.js';
import { hearDesk, tellDesk } from './desk-link.js';
import { defineParts, definers } from './engine.js';
import { tapByKeyboard } from './events.js';
import { showTokens } from './kept-tokens.js';
import { listenToPulls, startPullDown } from './pull-down.js';
import { router } from './router.js';

/** What the mini-program gave to `App()`. */
type AppOptions = Record<string, unknown>;

const LAUNCH = { path: '', query: {}, scene: 1001, referrerInfo: {} };
let app: AppOptions = {};
let visible = true;

function callApp(lifetime: 'onLaunch' | 'onShow' | 'onHide', ...args: unknown[]): void {
  const listener = app[lifetime];
  if (typeof listener === 'function') listener.apply(app, args);
}

/** Sends the mini-program to the background and back, as when the user leaves for another chat. */
function setVisible(next: boolean): void {
  if (next === visible) return;
  visible = next;
  document.documentElement.classList.toggle('in-background', !visible);
  if (visible) callApp('onShow', LAUNCH);
  if (visible) router.front?.show();
  else router.front?.leave();
  if (!visible) callApp('onHide');
}

Object.assign(globalThis, {
  ...definers,
  global: globalThis,
  wx,
  App: (options: AppOptions) => {
    app = options;
  },
  getApp: () => app,
  getCurrentPages: () => router.stack.map(({ caller }) => caller),
});

defineElements();
defineOpenTypes();
tapByKeyboard();
const screen = html('main', 'screen-area');
document.body.append(html('div', 'status-bar'), bars.navigationBar, screen, bars.tabBar);
listenToPulls(screen);
router.onChange = drawBars;
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  if (router.front) drawBars(router.front);
});
hearDesk((message) => {
  if (message.type === 'network') setNetwork(message.network);
  else if (message.type === 'visibility') setVisible(message.visible);
  else startPullDown();
});
showTokens();

runApp();
defineParts();
callApp('onLaunch', LAUNCH);
callApp('onShow', LAUNCH);
router.start(screen);
tellDesk({ type: 'ready' });
