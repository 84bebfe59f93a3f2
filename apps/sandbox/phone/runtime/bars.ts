import { app } from 'mini-program:code';
import { html, htmlButton } from '../html.js';
import type { Page } from './page.js';
import { isTab, router } from './router.js';
import { themed } from './theme.js';

const back = htmlButton('bar-back', '‹', () => {
  router.navigateBack(1);
});
back.ariaLabel = '返回';
const title = html('h1', 'bar-title');
const capsule = html('span', 'bar-capsule', '•••', ' ', '◉');
capsule.ariaHidden = 'true';
const navigationBar = html('header', 'navigation-bar', back, title, capsule);

const tabs = (app.tabBar?.list ?? []).map((tab) => {
  const button = htmlButton('tab', tab.text, () => {
    router.switchTab(`/${tab.pagePath}`);
  });
  const icon = html('img', 'tab-icon');
  icon.alt = '';
  if (tab.iconPath !== undefined) button.prepend(icon);
  return { ...tab, button, icon };
});
const tabBar = html('nav', 'tab-bar', ...tabs.map(({ button }) => button));
tabBar.ariaLabel = '标签栏';

/** The navigation bar, which stands above the pages, and the tab bar, which stands below. */
export const bars = { navigationBar, tabBar };

/** Draws both bars for the page in front. */
export function drawBars(front: Page): void {
  const json = { ...app.window, ...front.json };
  title.textContent = front.title ?? json.navigationBarTitleText ?? '';
  document.title = title.textContent;
  back.hidden = router.stack.length < 2;
  navigationBar.hidden = json.navigationStyle === 'custom';
  navigationBar.style.background = themed(json.navigationBarBackgroundColor, '#ffffff');
  navigationBar.style.color = themed(json.navigationBarTextStyle, 'black');
  document.body.style.background = themed(json.navigationBarBackgroundColor, '#ffffff');
  document.body.style.color = themed(json.navigationBarTextStyle, 'black');
  front.element.style.background = themed(json.backgroundColor, '#ffffff');

  tabBar.hidden = !isTab(front.path);
  tabBar.style.background = themed(app.tabBar?.backgroundColor, '#ffffff');
  for (const { pagePath, button, icon, iconPath, selectedIconPath } of tabs) {
    const here = pagePath === front.path;
    button.ariaCurrent = here ? 'page' : null;
    icon.src = themed(here ? selectedIconPath : iconPath, '');
    button.style.color = here
      ? themed(app.tabBar?.selectedColor, '#07893f')
      : themed(app.tabBar?.color, '#5f6368');
  }
}
