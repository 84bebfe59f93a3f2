import { createStore } from '../state/store.js';

const SHOWN_MS = 6000;
const message = createStore('');
let timer: ReturnType<typeof setTimeout> | undefined;

/** Reports that something was done. */
export function toast(text: string): void {
  clearTimeout(timer);
  message.set(text);
  timer = setTimeout(() => message.set(''), SHOWN_MS);
}

/** Where such reports appear. Screen readers need it on the page before there is one. */
export function Toast() {
  return (
    <div class="toast" role="status">
      {message.use()}
    </div>
  );
}
