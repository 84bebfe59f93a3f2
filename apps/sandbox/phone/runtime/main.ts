import { runApp } from 'mini-program:code';
import { setClock, startClock } from '../clock.js';
import { defineElements } from '../elements/define.js';
import { html } from '../html.js';
import { LAUNCH, notifyVisibility } from '../wx/app-events.js';
import { setNetwork } from '../wx/network.js';
import { setInBackground } from '../wx/send.js';
import { defineOpenTypes } from '../wx/open-types.js';
import { wx } from '../wx/wx.js';
import { bars, drawBars } from './bars.js';
import { onWorkbenchMessage, postToWorkbench } from './workbench-link.js';
import { defineParts, definers } from './engine.js';
import { tapByKeyboard } from './events.js';
import { showTokens } from './kept-tokens.js';
import { listenToPulls, startPullDown } from './pull-down.js';
import { FIRST_NETWORK } from './phone.js';
import { router } from './router.js';
import { drawNetwork, drawTime, statusBar } from './status-bar.js';

/** What the mini-program gave to `App()`. */
type AppOptions = Record<string, unknown>;

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
  setInBackground(!visible);
  notifyVisibility(visible);
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

startClock();
defineElements();
defineOpenTypes();
tapByKeyboard();
const screen = html('main', 'screen-area');
document.body.append(statusBar, bars.navigationBar, screen, bars.tabBar);
drawNetwork(FIRST_NETWORK);
listenToPulls(screen);
router.onChange = drawBars;
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  if (router.front) drawBars(router.front);
});
onWorkbenchMessage((message) => {
  if (message.type === 'network') {
    setNetwork(message.network);
    drawNetwork(message.network);
  } else if (message.type === 'visibility') setVisible(message.visible);
  else if (message.type === 'clock') {
    setClock(message.aheadMs);
    drawTime();
  } else startPullDown();
});
showTokens();

runApp();
defineParts();
callApp('onLaunch', LAUNCH);
callApp('onShow', LAUNCH);
router.start(screen);
postToWorkbench({ type: 'ready' });
