import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exists, pages, splitCode, textOf } from './pages.js';

/** The anchors that GitHub makes of the headings of a page. */
function anchorsOf(page: string): string[] {
  const { prose } = splitCode(textOf(page));
  return Array.from(prose.matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The links of a page to files and headings of the repository. */
function linksOf(page: string): string[] {
  const { prose } = splitCode(textOf(page));
  const targets = prose.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)|(?:src|srcset)="([^"]+)"/gm);
  return Array.from(targets, ([, inline, reference, image]) => inline ?? reference ?? image ?? '').filter(
    (target) => !/^\w+:/.test(target),
  );
}

describe('the links of the pages', () => {
  it.each(pages())('lead to files and headings that exist: %s', (page) => {
    const broken = linksOf(page).filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : posix.join(posix.dirname(page), decodeURI(path));
      if (!exists(target)) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(decodeURI(anchor));
    });
    expect(broken).toEqual([]);
  });
});
