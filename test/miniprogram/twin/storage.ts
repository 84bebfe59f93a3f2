const MAX_KEY_BYTES = 1024 * 1024;
const MAX_BYTES = 10 * 1024 * 1024;

/**
 * The storage of a mini-program on a phone: one for each WeChat user, 1 MB a key, 10 MB in all. What is stored is a copy.
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/ability/storage.html
 */
export class StorageTwin {
  /** How often each key was read. */
  readonly reads = new Map<string, number>();
  /** How many accesses fail from now on, of one key or of all; `Infinity`: until it is set back to 0. */
  readonly failing = { reads: 0, writes: 0, removals: 0, key: undefined as string | undefined };
  private readonly texts = new Map<string, string>();

  get(key: string): unknown {
    this.reads.set(key, (this.reads.get(key) ?? 0) + 1);
    this.failIfDue('reads', key);
    return this.peek(key) ?? '';
  }

  set(key: string, value: unknown): void {
    if (typeof key !== 'string' || key === '') throw new Error('setStorageSync:fail parameter error: key');
    this.failIfDue('writes', key);
    const text = JSON.stringify(value) as string | undefined;
    if (text === undefined) throw new Error('setStorageSync:fail parameter error: value');
    if (bytes(text) > MAX_KEY_BYTES) throw new Error('setStorageSync:fail entry size limit reached');
    const others = [...this.texts].filter(([name]) => name !== key).map(([, one]) => bytes(one));
    if (others.reduce((sum, one) => sum + one, bytes(text)) > MAX_BYTES) {
      throw new Error('setStorageSync:fail exceed storage max size 10Mb');
    }
    this.texts.set(key, text);
  }

  remove(key: string): void {
    this.failIfDue('removals', key);
    this.texts.delete(key);
  }

  private failIfDue(kind: 'reads' | 'writes' | 'removals', key: string): void {
    if (this.failing[kind] <= 0 || (this.failing.key !== undefined && this.failing.key !== key)) return;
    this.failing[kind]--;
    throw new Error(`${kind}:fail internal error`);
  }

  /** What lies under a key, for the test; undefined when nothing does. */
  peek(key: string): unknown {
    const text = this.texts.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  /** Leaves no room for anything. */
  fill(): void {
    for (let n = 0; n < 10; n++) this.texts.set(`ballast ${n}`, 'x'.repeat(MAX_KEY_BYTES));
  }

  /** Leaves no room for anything new. */
  fillUp(): void {
    this.fill();
    const used = [...this.texts].filter(([name]) => name.startsWith('ballast')).length;
    const others = [...this.texts].filter(([name]) => !name.startsWith('ballast'));
    const kept = others.reduce((sum, [, text]) => sum + bytes(text), 0);
    this.texts.set(`ballast ${used - 1}`, 'x'.repeat(MAX_KEY_BYTES - kept));
  }
}

const bytes = (text: string) => Buffer.byteLength(text);
