import { html } from '../html.js';
import { bothSpellings, WxElement } from './wx-element.js';

type Source = 'autoplay' | 'touch' | '';
/** A drag begins after as many pixels, and changes the item when it has covered this part of one. */
const DRAG_PX = 10;
const FAR_ENOUGH = 0.25;

/** `<swiper-item>`: fills one place of its swiper. */
export class WxSwiperItem extends WxElement {}

/**
 * `<swiper>`: `bind:change` and `bind:animationfinish` get `{current, currentItemId, source}`, `bind:transition` `{dx, dy}`.
 * With `circular` the first item follows the last one, and the way back there is seen.
 * @see https://developers.weixin.qq.com/miniprogram/dev/component/swiper.html
 */
export class WxSwiper extends WxElement {
  static readonly observedAttributes = bothSpellings(
    ...['current', 'autoplay', 'interval', 'vertical', 'indicator-dots', 'indicator-color'],
    ...['indicator-active-color', 'display-multiple-items', 'previous-margin', 'next-margin'],
  );

  // glass-easel owns the children; what the swiper adds stands in a tree of its own.
  private readonly places = document.createElement('slot');
  private readonly track = html('div', '', this.places);
  private readonly dots = html('div', '');
  private current = 0;
  private timer: ReturnType<typeof setInterval> | undefined;
  private start: { x: number; y: number } | undefined;
  private isDragging = false;

  constructor() {
    super();
    this.track.part = 'track';
    this.dots.part = 'dots';
    this.attachShadow({ mode: 'open' }).append(this.track, this.dots);
    this.places.addEventListener('slotchange', () => {
      this.draw(0);
    });
    this.addEventListener('pointerdown', ({ clientX: x, clientY: y }) => {
      this.start = { x, y };
    });
    this.addEventListener('pointermove', (event) => {
      this.drag(event);
    });
    for (const type of ['pointerup', 'pointercancel'] as const) {
      this.addEventListener(type, (event) => {
        this.drop(event);
      });
    }
  }

  connectedCallback(): void {
    this.current = this.number('current', 0);
    this.draw(0);
    this.play();
  }

  disconnectedCallback(): void {
    clearInterval(this.timer);
  }

  attributeChangedCallback(name: string): void {
    if (!this.isConnected) return;
    if (name === 'current') this.turnTo(this.number('current', 0), '');
    else if (name === 'autoplay' || name === 'interval') this.play();
    else this.draw(0);
  }

  private get items(): WxSwiperItem[] {
    return this.places
      .assignedElements()
      .filter((item): item is WxSwiperItem => item instanceof WxSwiperItem);
  }

  private get last(): number {
    return Math.max(0, this.items.length - this.number('display-multiple-items', 1));
  }

  private play(): void {
    clearInterval(this.timer);
    if (!this.hasAttribute('autoplay')) return;
    this.timer = setInterval(
      () => {
        if (!this.start) this.turnTo(this.current < this.last ? this.current + 1 : 0, 'autoplay');
      },
      this.number('interval', 5000),
    );
  }

  private turnTo(index: number, source: Source): void {
    const duration = this.number('duration', 500);
    const next = Math.min(Math.max(0, Math.trunc(index)), this.last);
    const isChange = next !== this.current;
    this.current = next;
    this.draw(duration);
    if (!isChange) return;
    const detail = { current: next, currentItemId: this.items[next]?.getAttribute('item-id') ?? '', source };
    // Later: what turned it may be the setData that is at work.
    setTimeout(() => {
      this.raise('change', detail);
    });
    setTimeout(() => {
      this.raise('animationfinish', detail);
    }, duration);
  }

  private drag({ clientX, clientY, buttons, pointerId }: PointerEvent): void {
    if (!this.start || buttons === 0 || this.hasAttribute('disable-touch')) return;
    const [dx, dy] = [clientX - this.start.x, clientY - this.start.y];
    if (!this.isDragging && Math.abs(this.isVertical ? dy : dx) < DRAG_PX) return;
    // Later than pointerdown, or what is inside would not be tapped.
    if (!this.isDragging) this.setPointerCapture(pointerId);
    this.isDragging = true;
    this.draw(0, this.isVertical ? dy : dx);
    this.raise('transition', this.isVertical ? { dx: 0, dy: -dy } : { dx: -dx, dy: 0 });
  }

  private drop({ clientX, clientY }: PointerEvent): void {
    if (this.start && this.isDragging) {
      const way = this.isVertical ? clientY - this.start.y : clientX - this.start.x;
      const step = Math.abs(way) / this.pitch < FAR_ENOUGH ? 0 : -Math.sign(way);
      this.turnTo(this.wrapped(this.current + step), 'touch');
    }
    this.start = undefined;
    this.isDragging = false;
  }

  private wrapped(index: number): number {
    if (!this.hasAttribute('circular')) return index;
    return index > this.last ? 0 : index < 0 ? this.last : index;
  }

  private get isVertical(): boolean {
    return this.hasAttribute('vertical');
  }

  /** Pixels from one item to the next. */
  private get pitch(): number {
    const room = this.isVertical ? this.track.clientHeight : this.track.clientWidth;
    return room / this.number('display-multiple-items', 1) || 1;
  }

  private draw(durationMs: number, draggedPx = 0): void {
    const { track, dots } = this;
    const count = this.number('display-multiple-items', 1);
    track.style.setProperty('--swiper-share', `${100 / count}%`);
    const [before, after] = [this.text('previous-margin', '0px'), this.text('next-margin', '0px')].map(
      lengthOf,
    );
    track.style.inset = this.isVertical ? `${before} 0 ${after} 0` : `0 ${after} 0 ${before}`;
    track.style.transition = `transform ${durationMs}ms`;
    const way = `calc(${(-this.current * 100) / count}% + ${draggedPx}px)`;
    track.style.transform = this.isVertical ? `translateY(${way})` : `translateX(${way})`;
    dots.hidden = this.attribute('indicator-dots') === null;
    const [plain, active] = [
      this.text('indicator-color', 'rgba(0, 0, 0, .3)'),
      this.text('indicator-active-color', '#000000'),
    ];
    dots.replaceChildren(
      ...this.items.map((_, index) => {
        const dot = html('span', '');
        dot.part = 'dot';
        dot.style.background = index === this.current ? active : plain;
        return dot;
      }),
    );
  }
}

/** @param text in px or rpx */
function lengthOf(text: string): string {
  return text.replace(/([\d.]+)rpx/g, (_, number: string) => `${Number(number) / 7.5}cqw`);
}
