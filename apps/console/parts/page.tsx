import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

let isFirst = true;

interface Props {
  /** Of the window too. */
  title: string;
  /** What the heading shows, if not the title. */
  heading?: ComponentChildren;
  /** The page above. */
  trail?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** A page: its heading gets the focus when the reader comes from another one. */
export function Page({ title, heading, trail, actions, children }: Props) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFirst) head.current?.focus();
    isFirst = false;
    scrollTo(0, 0);
  }, []);
  useEffect(() => {
    document.title = `${title} · weapp-passport`;
  }, [title]);
  return (
    <>
      {trail && <p class="trail">{trail}</p>}
      <header class="page-head">
        <h1 ref={head} tabIndex={-1}>
          {heading ?? title}
        </h1>
        {actions && <div class="buttons">{actions}</div>}
      </header>
      {children}
    </>
  );
}

/** A part of a page, with a heading of its own. */
export function Card(props: { title: string; actions?: ComponentChildren; children: ComponentChildren }) {
  return (
    <section class="card" aria-label={props.title}>
      <header class="card-head">
        <h2>{props.title}</h2>
        {props.actions && <div class="buttons">{props.actions}</div>}
      </header>
      {props.children}
    </section>
  );
}
