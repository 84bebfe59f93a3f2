import { texts } from '../texts/texts.js';

/** The mark and the name. */
export function Brand() {
  return (
    <p class="brand">
      <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
        <rect x="1" y="1" width="30" height="30" rx="9" fill="currentColor" />
        <path d="m9 16.6 4.6 4.6 9-10" class="tick" />
      </svg>
      <span>
        weapp-passport <span class="muted">{texts.common.console}</span>
      </span>
    </p>
  );
}
