import { createStore } from '../state/store.js';

export type Language = 'en' | 'zh';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Returns the language of the last visit, else that of the browser. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem('console.language') ?? navigator.language;
  return chosen.startsWith('zh') ? 'zh' : 'en';
}

/** Shows the page in another language, now and on later visits. */
export function setLanguage(language: Language): void {
  localStorage.setItem('console.language', language);
  location.reload();
}

/** The colours of the page: `system` follows the operating system. */
export const theme = createStore<Theme>(storedTheme());

export function setTheme(next: Theme): void {
  localStorage.setItem('console.theme', next);
  theme.set(next);
  showTheme();
}

/** Applies the theme to the page. */
export function showTheme(): void {
  document.documentElement.dataset['theme'] = theme.get();
}

function storedTheme(): Theme {
  const stored = localStorage.getItem('console.theme');
  return THEMES.find((each) => each === stored) ?? 'system';
}
