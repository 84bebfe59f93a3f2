import { html, htmlButton } from '../html.js';
import { openSheet } from '../runtime/sheet.js';
import { reportLack } from '../wx/lacks.js';
import type { FormField } from './form.js';
import {
  type Column,
  dateWheels,
  multiSelectorWheels,
  selectorWheel,
  timeWheels,
  type Wheels,
} from './picker-columns.js';
import { bothSpellings, WxActor } from './wx-element.js';

const VISIBLE_OPTIONS = 7;

/**
 * `<picker>` of the modes selector, multiSelector, time and date: `bind:change` gets `{value}`, `bind:columnchange` of a
 * multiSelector `{column, value}`, and `bind:cancel` nothing.
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/picker.html
 */
export class WxPicker extends WxActor implements FormField {
  static override readonly observedAttributes = bothSpellings('disabled', 'range', 'range-key', 'value');
  private picked: unknown;
  private readonly sheet = html('div', 'picker-columns');
  private chosen: number[] | undefined;

  override attributeChangedCallback(name: string): void {
    super.attributeChangedCallback(name);
    if (name === 'value') this.resetValue();
    // A handler of columnchange writes what the columns after it offer.
    if (this.sheet.isConnected && name !== 'disabled') this.draw();
  }

  get formValue(): unknown {
    return this.picked;
  }

  resetValue(): void {
    this.picked = this.given('value') ?? undefined;
    this.chosen = undefined;
  }

  override act(): void {
    const mode = this.text('mode', 'selector');
    if (this.wheels()) void this.choose();
    else reportLack(`<picker mode="${mode}">`);
  }

  private async choose(): Promise<void> {
    this.chosen = undefined;
    this.draw();
    const title = this.text('header-text', '');
    const choice = await openSheet('bottom', title || '请选择', (choose) => [
      ...(title ? [html('p', 'bottom-title', title)] : []),
      this.sheet,
      htmlButton('bottom-item picker-confirm', '确定', () => choose(1)),
      htmlButton('bottom-item bottom-cancel', '取消', () => choose()),
    ]);
    if (choice === undefined) {
      this.raise('cancel');
      return;
    }
    const wheels = this.wheels();
    this.picked = wheels?.value(wheels.columns(this.chosen));
    this.raise('change', { value: this.picked });
  }

  private draw(): void {
    const columns = this.wheels()?.columns(this.chosen) ?? [];
    this.chosen = columns.map(({ chosen }) => chosen);
    const inHand = [...this.sheet.children].findIndex((list) => list === document.activeElement);
    this.sheet.replaceChildren(...columns.map((column, at) => this.list(column, at)));
    (this.sheet.children[inHand] as HTMLElement | undefined)?.focus();
  }

  private list({ options, chosen }: Column, at: number): HTMLElement {
    const list = html('select', 'picker-column', ...options.map((option) => html('option', '', option)));
    list.size = VISIBLE_OPTIONS;
    list.ariaLabel = `第 ${at + 1} 列`;
    list.selectedIndex = chosen;
    list.addEventListener('change', () => {
      this.turn(at, list.selectedIndex);
    });
    return list;
  }

  private turn(column: number, value: number): void {
    this.chosen = (this.chosen ?? []).map((index, at) => (at === column ? value : index));
    if (this.getAttribute('mode') === 'multiSelector') this.raise('columnchange', { column, value });
    this.draw();
  }

  /** Returns what the mode offers now; undefined for a mode that the phone lacks. */
  private wheels(): Wheels | undefined {
    const [start, end] = [this.text('start', ''), this.text('end', '')];
    const now = new Date();
    switch (this.text('mode', 'selector')) {
      case 'selector':
        return selectorWheel(this.words(this.given('range')), this.picked);
      case 'multiSelector':
        return multiSelectorWheels(
          listOf(this.given('range')).map((list) => this.words(list)),
          this.picked,
        );
      case 'time':
        return timeWheels(textOf(this.picked) || now.toTimeString().slice(0, 5), start, end);
      case 'date':
        return dateWheels(textOf(this.picked) || dayOf(now), start, end, this.text('fields', 'day'));
      default:
        return undefined;
    }
  }

  private words(range: unknown): string[] {
    const key = this.attribute('range-key');
    return listOf(range).map((each) => textOf(key ? (each as Record<string, unknown>)[key] : each));
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The day of the phone's clock, in its time zone. */
function dayOf(date: Date): string {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}
