import { describe, expect, it } from 'vitest';
import { type Language, TEXTS } from '../../apps/sandbox/texts/texts.js';
import { faultsOf } from './axe.js';
import { useWorkbench } from './workbench.js';

const workbench = useWorkbench({ isShared: true });
const MAY_LAST_MS = 20_000;
const WIDTHS = [375, 860, 1024, 1440] as const;
const THEMES = ['light', 'dark'] as const;

/** What decides each story: the words of the one marked message. */
const DECISIVE: Readonly<Record<keyof (typeof TEXTS)['en']['stories']['list'], RegExp>> = {
  login: /304Not Modified|200items/,
  offline: /200post ok/,
  conflict: /^2412/,
  twelve: /200access · refresh/,
  lost: /200access · refresh/,
  theft: /401refresh_token_reused/,
  device: /401refresh_token_revoked/,
  down: /503weixin_unavailable/,
  twice: /401login_code_used/,
};

/** In each language every width meets both themes; the stories of two phones meet every width. */
const LANGUAGES: readonly (readonly [Language, locale: string, offset: number])[] = [
  ['en', 'en-US', 0],
  ['zh', 'zh-CN', 2],
];
const plays = LANGUAGES.flatMap(([language, locale, offset]) =>
  Object.entries(TEXTS[language].stories.list).map(([id, story], index) => {
    const look = (index + offset) % (WIDTHS.length * THEMES.length);
    const round = Math.floor(look / WIDTHS.length);
    const [width = 0, theme] = [WIDTHS[(look + round) % WIDTHS.length], THEMES[round]];
    return { language, locale, id: id as keyof typeof DECISIVE, story, width, theme };
  }),
);
let shown: Language | undefined;

describe('a story plays itself, marks its decisive message, and has no fault of accessibility:', () => {
  it.each(plays)(
    '$id in $language, $width px, $theme',
    async ({ language, locale, id, story, width, theme }) => {
      // The stories provoke refusals.
      workbench.expectsAnswers(401, 412, 502, 503);
      if (shown !== language) await workbench.visit(undefined, { locale });
      shown = language;
      const { page } = workbench;
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: theme ?? null });
      await page.locator('.second input').uncheck();
      await page.getByRole('button', { name: TEXTS[language].messages.clear, exact: true }).click();
      const startedAt = performance.now();
      await page.getByRole('button', { name: story.name, exact: true }).click();
      await page.getByText(story.before).waitFor();
      const said = page.locator('.caption .after');
      await said.waitFor();
      expect(await said.textContent()).toBe(story.after);
      expect(performance.now() - startedAt).toBeLessThan(MAY_LAST_MS);
      const marked = page.locator('.decisive .words');
      expect(await marked.allTextContents()).toEqual([expect.stringMatching(DECISIVE[id])]);

      await workbench.openPanels();
      const cut = `document.documentElement.scrollWidth - innerWidth`;
      expect(await page.evaluate(cut)).toBeLessThanOrEqual(0);
      expect([...(await faultsOf(page)), ...(await faultsOf(workbench.frame()))]).toEqual([]);
    },
  );
});
