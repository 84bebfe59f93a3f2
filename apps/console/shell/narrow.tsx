import type { ComponentChildren } from 'preact';
import { Page } from '../parts/page.js';
import { Brand } from './brand.js';
import { Switches } from './switches.js';

/** The frame of the pages before the operator is signed in: one card. */
export function Narrow({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="narrow">
      <header>
        <Brand />
        <Switches />
      </header>
      <main class="card">
        <Page title={title}>{children}</Page>
      </main>
    </div>
  );
}
