import { type Element as Node, Event as NodeEvent, type EventBubbleStatus, triggerEvent } from 'glass-easel';
import { WxActor } from '../elements/wx-element.js';
import { beginTap } from './tap.js';

/** Names that both the browser and a built-in component use: the component raises its own, as a CustomEvent. */
const BUILT_IN = new Set([
  'input',
  'change',
  'focus',
  'blur',
  'submit',
  'reset',
  'scroll',
  'error',
  'load',
  'confirm',
]);

interface Options {
  originalEvent?: unknown;
  bubbles?: boolean;
  composed?: boolean;
  capturePhase?: boolean;
}

/** Brings an event of the browser to the mini-program's handlers. glass-easel calls it, and dispatches nothing itself. */
export function dispatch(
  target: Node,
  type: string,
  detail: unknown,
  options: Options,
): EventBubbleStatus | undefined {
  const { originalEvent } = options;
  if (originalEvent instanceof CustomEvent) detail = originalEvent.detail;
  else if (BUILT_IN.has(type)) return undefined;
  const actor = type === 'tap' ? actorOf(originalEvent) : undefined;
  if (actor?.disabled) return undefined;
  const event = new NodeEvent(type, detail, options);
  if (originalEvent instanceof TouchEvent) {
    const { touches, changedTouches } = originalEvent;
    Object.assign(event, { touches: [...touches], changedTouches: [...changedTouches] });
  }
  if (type === 'tap') beginTap();
  NodeEvent.dispatchEvent(target, event);
  actor?.act();
  return event.getEventBubbleStatus();
}

/** Taps what has the focus when Enter or Space is pressed on it, as a screen reader's user expects of a button. */
export function tapByKeyboard(): void {
  addEventListener('keydown', (event) => {
    const { target, key } = event;
    if ((key !== 'Enter' && key !== ' ') || !(target instanceof HTMLElement) || event.repeat) return;
    const node = (target as HTMLElement & { __wxElement?: Node }).__wxElement;
    if (!node || !target.hasAttribute('tabindex')) return;
    event.preventDefault();
    if (target instanceof WxActor && target.disabled) return;
    const { x, y } = target.getBoundingClientRect();
    beginTap();
    triggerEvent(node, 'tap', { x, y }, { bubbles: true, composed: true, capturePhase: true });
    if (target instanceof WxActor) target.act();
  });
}

function actorOf(event: unknown): WxActor | undefined {
  let target = event instanceof Event ? event.target : null;
  while (target instanceof Element && !(target instanceof WxActor)) target = target.parentElement;
  return target instanceof WxActor ? target : undefined;
}
