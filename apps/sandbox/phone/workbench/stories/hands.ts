/** The window of a phone's frame, as far as a story uses it. */
interface PhoneWindow extends Window {
  getCurrentPages: () => { refresh?: () => Promise<void> }[];
  KeyboardEvent: typeof KeyboardEvent;
  InputEvent: typeof InputEvent;
}

const LIFE_MS = 600_000;

/** Uses the mini-program on a phone as its user does: by what is on the screen. */
export class Hands {
  constructor(
    private readonly frame: HTMLIFrameElement,
    private readonly storagePrefix: () => string,
  ) {}

  shows(text: string): boolean {
    return this.document.body.innerText.includes(text);
  }

  /** Presses what has this name; false where there is no such thing yet. @param isBeginning the name goes on */
  press(name: string, isBeginning = false): boolean {
    const target = [...this.document.querySelectorAll<HTMLElement>('[tabindex], button')].find((element) => {
      const own = element.getAttribute('aria-label') ?? element.textContent.trim();
      return (isBeginning ? own.startsWith(name) : own === name) && element.checkVisibility();
    });
    if (target?.localName === 'button') target.click();
    else if (target) this.key(target);
    return target !== undefined;
  }

  /** Writes into a field and confirms it; false where there is no such field yet. */
  write(text: string, field = '新的待办事项'): boolean {
    const input = this.document.querySelector<HTMLInputElement>(`wx-input[aria-label="${field}"] input`);
    if (!input) return false;
    input.focus();
    input.value = text;
    input.dispatchEvent(new this.window.InputEvent('input', { bubbles: true }));
    this.key(input);
    return true;
  }

  /** Asks for profile and devices six times at once, which are twelve calls with a token. */
  askTwelveTimes(): void {
    for (let count = 0; count < 6; count++) void this.window.getCurrentPages().at(-1)?.refresh?.();
  }

  /** Makes the stored access token worthless. @param isOld the phone knows that its time is over */
  spoilAccessToken(isOld = false): void {
    const { tokens } = this;
    const data = {
      ...tokens,
      access: `${String(tokens['access']).slice(0, -4)}AAAA`,
      receivedAtMs: Number(tokens['receivedAtMs']) - (isOld ? LIFE_MS : 0),
    };
    localStorage.setItem(this.tokensKey, JSON.stringify({ data }));
  }

  /** The refresh token, as a thief reads it. */
  get refreshToken(): string {
    return String(this.tokens['refresh']);
  }

  private get tokens(): Readonly<Record<string, unknown>> {
    const { data } = JSON.parse(localStorage.getItem(this.tokensKey) ?? '{"data":{}}') as {
      data: Record<string, unknown>;
    };
    return data;
  }

  private get tokensKey(): string {
    return `${this.storagePrefix()}passport.tokens`;
  }

  private key(target: HTMLElement): void {
    target.dispatchEvent(new this.window.KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  }

  private get window(): PhoneWindow {
    return this.frame.contentWindow as PhoneWindow;
  }

  private get document(): Document {
    return this.window.document;
  }
}
