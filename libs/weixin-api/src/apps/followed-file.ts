import { readFile } from 'node:fs/promises';

const LOOK_EVERY_MS = 1000;

/** What a look at the file gave: its text, or the error's code. */
type Seen = { readonly text: string } | { readonly error: unknown };

/**
 * Follows the text of a small file. It reads the file every second instead of waiting for events: editors replace a file,
 * and Kubernetes the link to it, which those who watch it do not notice.
 */
export class FollowedFile {
  private timer?: NodeJS.Timeout;
  private stopped = false;
  private seen: string;

  /**
   * @param text what was read at the start
   * @param onChange is called once for each text, and once for each reason why it cannot be read
   */
  constructor(
    private readonly path: string,
    text: string,
    private readonly onChange: (seen: Seen) => void,
  ) {
    this.seen = text;
  }

  start(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      void this.look().then(() => {
        this.start();
      });
    }, LOOK_EVERY_MS).unref();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async look(): Promise<void> {
    const seen = await readFile(this.path, 'utf8').then(
      (text) => ({ text }),
      (error: unknown) => ({ error }),
    );
    const state = 'text' in seen ? seen.text : String(seen.error);
    if (state === this.seen || this.stopped) return;
    this.seen = state;
    this.onChange(seen);
  }
}
