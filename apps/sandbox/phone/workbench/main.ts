import type { ChainMessage } from '../../server/trace/chain.js';
import { aheadMs, startClock } from '../clock.js';
import { html } from '../html.js';
import { ChainView, type Drawn } from './chain-view.js';
import { controls } from './controls.js';
import { languageSwitch } from './language-switch.js';
import { moveClock } from './move-clock.js';
import { PhonePanel } from './phone-panel.js';
import { loadPreferences, rememberUser, savePreferences } from './preferences.js';
import { Stage } from './stories/stage.js';
import { STORIES } from './stories/stories.js';
import { storyBar } from './stories/story-bar.js';
import { texts } from './texts.js';

startClock();
const preferences = loadPreferences();
const chain = new ChainView();
const phones = html('div', 'phones');
const panels = new Map<string, PhonePanel>();
let stage: Stage | undefined;

function show(message: Drawn): void {
  chain.add(message);
  stage?.hear(message);
}

function addPhone(id: string): PhonePanel {
  // The second phone is the same person's, until it is handed to another.
  const user = preferences.phones['1']?.user ?? 'alice';
  const setup = preferences.phones[id] ?? { user, network: 'online' };
  const panel = new PhonePanel(id, setup, {
    changed: (changed) => {
      preferences.phones[id] = changed;
      savePreferences(preferences);
    },
    users: () => preferences.users,
    userTyped: (typed) => rememberUser(preferences, typed),
    happened: ({ to, label, reason }) => {
      const at = Date.now();
      show({ at, phone: id, from: 'mini-program', to, label, outcome: 'lost', body: { reason } });
    },
  });
  panels.set(id, panel);
  phones.append(panel.element);
  return panel;
}

function setSecondPhone(on: boolean): void {
  preferences.secondPhone = on;
  savePreferences(preferences);
  second.checked = on;
  const panel = panels.get('2');
  if (!on) panel?.element.remove();
  // The browser reloads a frame that is added to the page again.
  else if (panel) phones.append(panel.element);
  else addPhone('2');
}

/** The panel of a phone, which is put on the workbench first if it is not there. */
function openPhone(id: string): PhonePanel {
  const panel = panels.get(id);
  if (panel?.element.isConnected) return panel;
  setSecondPhone(true);
  return panels.get(id) ?? addPhone(id);
}

/** Moves the clock of everything: service, workbench and phones. */
async function moveAll(ms: number): Promise<void> {
  await moveClock(ms);
  for (const panel of panels.values()) panel.setClock(aheadMs());
}

const second = html('input', '');
second.type = 'checkbox';
second.checked = preferences.secondPhone;
second.addEventListener('change', () => setSecondPhone(second.checked));
const toggle = html('label', 'second', second, html('span', '', texts.page.secondPhone));
const stories = storyBar(async (id) => {
  stage = new Stage(chain, openPhone, moveAll);
  chain.beginStory(texts.stories.list[id].name);
  await STORIES[id](stage).finally(() => {
    stage = undefined;
    chain.endStory();
  });
});

const accessLeftMs = () =>
  Math.max(0, ...[...panels.values()].map((panel) => (panel.element.isConnected ? panel.accessLeftMs : 0)));
const user = () => panels.get('1')?.user ?? 'alice';
const switches = controls({ moveClock: moveAll, accessLeftMs, user });

document.querySelector('.tools')?.append(toggle, languageSwitch());
const workbench = html('div', '', phones, html('div', 'side', chain.element, switches));
workbench.id = 'workbench';
document.querySelector('#workbench')?.replaceWith(html('main', '', stories, workbench));
// For the style sheet: phones and messages end where the window does.
new ResizeObserver(() => {
  document.documentElement.style.setProperty('--above', `${workbench.offsetTop}px`);
}).observe(stories);
addPhone('1');
if (preferences.secondPhone) addPhone('2');

new EventSource('/sandbox/events').addEventListener('message', ({ data }: MessageEvent<string>) => {
  show(JSON.parse(data) as ChainMessage);
});
