import { useState } from 'preact/hooks';
import { texts } from '../texts/texts.js';

/** Returns an id in few characters: its beginning is a time, its end differs. */
export const shortId = (id: string) => (id.length > 14 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id);

/** A value to copy: an id, a secret, a command. */
export function Copyable({ value }: { value: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <span class="copyable">
      <code>{value}</code>
      <button
        type="button"
        class="icon"
        aria-label={isCopied ? texts.common.copied : texts.common.copy}
        onClick={() => void copy()}
      >
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <path d={isCopied ? 'm3 8.5 3.2 3.2L13 4.8' : 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3'} />
        </svg>
      </button>
    </span>
  );
}
