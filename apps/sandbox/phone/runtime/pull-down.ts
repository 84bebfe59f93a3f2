import { app } from 'mini-program:code';
import { html } from '../html.js';
import { router } from './router.js';

const FAR_ENOUGH_PX = 60;
const GIVE_UP_AFTER_MS = 10_000;

let pulled: HTMLElement | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Shows that the page in front is refreshing, and calls its `onPullDownRefresh`. */
export function startPullDown(): void {
  const { front } = router;
  if (!front || pulled) return;
  pulled = html('div', 'pull-down', '···');
  pulled.role = 'status';
  pulled.ariaLabel = '正在刷新';
  front.element.prepend(pulled);
  timer = setTimeout(stopPullDown, GIVE_UP_AFTER_MS);
  front.call('onPullDownRefresh');
}

/** The page has what it wanted. */
export function stopPullDown(): void {
  clearTimeout(timer);
  pulled?.remove();
  pulled = undefined;
}

/** Lets the user pull a page down by mouse or finger, where its json says `enablePullDownRefresh`. */
export function listenToPulls(screen: HTMLElement): void {
  let startY: number | undefined;
  screen.addEventListener('pointerdown', ({ clientY }) => {
    const { front } = router;
    const pullable = (front?.json.enablePullDownRefresh ?? app.window?.enablePullDownRefresh) === true;
    startY = pullable && front?.scroller.scrollTop === 0 ? clientY : undefined;
  });
  screen.addEventListener('pointerup', ({ clientY }) => {
    if (startY !== undefined && clientY - startY > FAR_ENOUGH_PX) startPullDown();
    startY = undefined;
  });
  screen.addEventListener('pointercancel', () => {
    startY = undefined;
  });
}
