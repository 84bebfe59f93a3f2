import { app, theme as themes } from 'mini-program:code';

/** Returns the theme that a mini-program sees: without `"darkmode": true` it is always light. */
export function theme(): 'light' | 'dark' {
  return app.darkmode && matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** A value of app.json: `@name` is looked up in theme.json. */
export function themed(value: string | undefined, otherwise: string): string {
  if (!value?.startsWith('@')) return value ?? otherwise;
  return themes[theme()]?.[value.slice(1)] ?? otherwise;
}
