import type { ChainMessage } from '../../server/trace/chain.js';
import { html } from '../html.js';
import { ChainView } from './chain-view.js';
import { PhonePanel } from './phone-panel.js';
import { loadPreferences, savePreferences } from './preferences.js';

const preferences = loadPreferences();
const chain = new ChainView();
const phones = html('div', 'phones');
const panels = new Map<string, PhonePanel>();

function addPhone(id: string): void {
  const setup = preferences.phones[id] ?? { user: 'alice', network: 'online' };
  const panel = new PhonePanel(id, setup, {
    changed: (changed) => {
      preferences.phones[id] = changed;
      savePreferences(preferences);
    },
    happened: ({ to, label, reason }) => {
      chain.add({
        at: Date.now(),
        phone: id,
        from: 'mini-program',
        to,
        label,
        outcome: 'lost',
        detail: { reason },
      });
    },
  });
  panels.set(id, panel);
  phones.append(panel.element);
}

function setSecondPhone(on: boolean): void {
  preferences.secondPhone = on;
  savePreferences(preferences);
  const panel = panels.get('2');
  if (!on) panel?.element.remove();
  // The browser reloads a frame that is added to the page again.
  else if (panel) phones.append(panel.element);
  else addPhone('2');
}

const second = html('input', '');
second.type = 'checkbox';
second.checked = preferences.secondPhone;
second.addEventListener('change', () => setSecondPhone(second.checked));
const toggle = html('label', 'second', second, html('span', '', 'Second phone 第二部手机'));

document.querySelector('.top')?.append(toggle);
document.querySelector('#desk')?.append(phones, chain.element);
addPhone('1');
if (preferences.secondPhone) addPhone('2');

new EventSource('/sandbox/events').addEventListener('message', ({ data }: MessageEvent<string>) => {
  chain.add(JSON.parse(data) as ChainMessage);
});
