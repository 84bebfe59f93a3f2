import { texts } from '../texts/texts.js';

/** A dash where a table has no value. A card of a narrow screen leaves it out. */
export function None() {
  return <span class="muted none">{texts.common.none}</span>;
}
