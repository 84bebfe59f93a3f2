import type { Element as Node } from 'glass-easel';
import { component } from 'glass-easel-miniprogram-adapter';
import { router } from '../runtime/router.js';

type Instance = component.GeneralComponent;
type Listener = (result: unknown) => void;
type Result = Record<string, unknown>;

/** What a query reads of each node. `context`, `node` and `ref` are of components that the phone lacks. */
interface Fields {
  id?: boolean;
  dataset?: boolean;
  mark?: boolean;
  rect?: boolean;
  size?: boolean;
  scrollOffset?: boolean;
  properties?: readonly string[];
  computedStyle?: readonly string[];
}

class NodesRef {
  constructor(
    private readonly query: SelectorQuery,
    private readonly read: (fields: Fields) => unknown,
  ) {}

  fields(fields: Fields, listener?: Listener): SelectorQuery {
    return this.query.add(() => this.read(fields), listener);
  }

  boundingClientRect(listener?: Listener): SelectorQuery {
    return this.fields({ id: true, dataset: true, rect: true, size: true }, listener);
  }

  scrollOffset(listener?: Listener): SelectorQuery {
    return this.fields({ id: true, dataset: true, scrollOffset: true }, listener);
  }
}

/**
 * `wx.createSelectorQuery()`, and that of a page or component. Positions are those in the page's viewport, below the
 * navigation bar.
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/wxml/SelectorQuery.html
 */
class SelectorQuery {
  private readonly asked: { read: () => unknown; listener: Listener | undefined }[] = [];

  /** @param instance whose template is searched; by default the page in front */
  constructor(private instance?: Instance) {}

  in(instance: Instance): this {
    this.instance = instance;
    return this;
  }

  /** The first node, or null. */
  select(selector: string): NodesRef {
    const { instance } = this;
    return new NodesRef(this, (fields) => {
      const [node] = found(instance, selector);
      return node ? readNode(node, fields) : null;
    });
  }

  selectAll(selector: string): NodesRef {
    const { instance } = this;
    return new NodesRef(this, (fields) => found(instance, selector).map((node) => readNode(node, fields)));
  }

  selectViewport(): NodesRef {
    return new NodesRef(this, readViewport);
  }

  add(read: () => unknown, listener?: Listener): this {
    this.asked.push({ read, listener });
    return this;
  }

  /** Reads in the order of the questions, after what the mini-program has set is drawn. */
  exec(listener?: (results: unknown[]) => void): void {
    const asked = [...this.asked];
    setTimeout(() => {
      const results = asked.map(({ read }) => read());
      asked.forEach((each, index) => each.listener?.(results[index]));
      listener?.(results);
    });
  }
}

component.ComponentCaller.prototype.createSelectorQuery = function (this: Instance) {
  return new SelectorQuery(this) as never;
};

export const queryFunctions = { createSelectorQuery: () => new SelectorQuery() };

/** Instances of frameworks are no components: then it is the page in front, too. */
function found(instance: Instance | undefined, selector: string): Node[] {
  const searched = instance instanceof component.ComponentCaller ? instance : router.front?.caller;
  return (searched as Instance | undefined)?._$.getShadowRoot()?.querySelectorAll(selector) ?? [];
}

function readNode(node: Node, fields: Fields): Result {
  const element = node.getBackendElement() as unknown as HTMLElement;
  const { left = 0, top = 0 } = router.front?.element.getBoundingClientRect() ?? {};
  const box = element.getBoundingClientRect();
  return {
    ...(fields.id && { id: node.id }),
    ...(fields.dataset && { dataset: node.dataset }),
    ...(fields.mark && { mark: node.collectMarks() }),
    ...(fields.rect && {
      left: box.left - left,
      top: box.top - top,
      right: box.right - left,
      bottom: box.bottom - top,
    }),
    ...(fields.size && { width: box.width, height: box.height }),
    ...(fields.scrollOffset && scrollOf(element)),
    ...Object.fromEntries((fields.properties ?? []).map((name) => [name, propertyOf(node, element, name)])),
    ...stylesOf(element, fields.computedStyle),
  };
}

function readViewport(fields: Fields): Result {
  const scroller = router.front?.scroller ?? document.body;
  const { clientWidth: width, clientHeight: height } = scroller;
  return {
    ...(fields.id && { id: '' }),
    ...(fields.dataset && { dataset: {} }),
    ...(fields.rect && { left: 0, top: 0, right: width, bottom: height }),
    ...(fields.size && { width, height }),
    ...(fields.scrollOffset && scrollOf(scroller)),
  };
}

function scrollOf({ scrollLeft, scrollTop, scrollWidth, scrollHeight }: HTMLElement): Result {
  return { scrollLeft, scrollTop, scrollWidth, scrollHeight };
}

/** What the template gave, except for what the user has entered since. */
function propertyOf(node: Node, element: HTMLElement, name: string): unknown {
  if (name === 'value' && 'formValue' in element) return element.formValue;
  const { data } = node as Node & { data?: Result };
  return data ? data[name] : node.getAttribute(name);
}

function stylesOf(element: HTMLElement, names: readonly string[] = []): Result {
  const style = getComputedStyle(element);
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(hyphenated(name))]));
}

/** @param name `backgroundColor` or `background-color` */
function hyphenated(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
