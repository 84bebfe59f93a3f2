import { readFile } from 'node:fs/promises';

const POLL_MS = 1000;

/** The result of a read of the file: its text, or the error. */
type FileRead = { readonly text: string } | { readonly error: unknown };

/**
 * Reads `WEIXIN_APPS_FILE` every second and reports changes of its text. It does not use file system events: editors replace
 * the file and Kubernetes replaces the link to it, and a watcher misses both.
 */
export class AppsFilePoller {
  private timer?: NodeJS.Timeout;
  private stopped = false;
  private last: string;

  /**
   * @param text the text at the start
   * @param onChange is called once for each new text, and once for each new reason why the file cannot be read
   */
  constructor(
    private readonly path: string,
    text: string,
    private readonly onChange: (read: FileRead) => void,
  ) {
    this.last = text;
  }

  start(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      void this.poll().then(() => {
        this.start();
      });
    }, POLL_MS).unref();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async poll(): Promise<void> {
    const read = await readFile(this.path, 'utf8').then(
      (text) => ({ text }),
      (error: unknown) => ({ error }),
    );
    const state = 'text' in read ? read.text : String(read.error);
    if (state === this.last || this.stopped) return;
    this.last = state;
    this.onChange(read);
  }
}
