import { html, htmlButton } from '../html.js';
import { ask } from './ask.js';
import { pushButtons } from './push-buttons.js';
import { texts } from './texts.js';

const words = texts.controls;

const LOGIN = { path: '/sns/jscode2session' };
/** What WeChat does to logins, by the name in the texts. */
const FAULTS: Readonly<Record<keyof typeof words.faults, object | undefined>> = {
  none: undefined,
  hang: { kind: 'hang' },
  invalid: { kind: 'errcode', errcode: 40029 },
  quota: { kind: 'errcode', errcode: 45011 },
  busy: { kind: 'errcode', errcode: -1 },
  down: { kind: 'reset' },
};

/** What the owner of the app has set at WeChat, on and off. */
const MODES: Readonly<Record<keyof typeof words.modes, readonly [on: object, off: object]>> = {
  unbound: [{ unbound: true }, { unbound: false }],
  ipWhitelist: [{ ipWhitelist: ['203.0.113.7'] }, { ipWhitelist: null }],
  secretFrozen: [{ secretFrozen: true }, { secretFrozen: false }],
};

const MOVES = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** What the controls need from the workbench. */
interface Workbench {
  moveClock: (ms: number) => Promise<void>;
  /** Until the last access token of the phones expires. */
  accessLeftMs: () => number;
  /** The person who has the first phone. */
  user: () => string;
}

/** The switches of WeChat and of the clock. */
export function controls({ moveClock, accessLeftMs, user }: Workbench): HTMLElement {
  const note = html('p', 'note');
  note.role = 'status';
  const move = (ms: number) =>
    void moveClock(ms).then(
      () => (note.textContent = words.now(new Date().toLocaleString(document.documentElement.lang))),
      (error: unknown) => (note.textContent = error instanceof Error ? error.message : String(error)),
    );
  const faults = faultSelect();
  const modes = (Object.keys(MODES) as (keyof typeof MODES)[]).map((name) => ({ name, ...modeSwitch(name) }));
  const card = html(
    'details',
    'controls-card card',
    html('summary', '', html('h2', '', words.title)),
    html('label', '', html('span', '', words.login), faults),
    html('div', 'modes', ...modes.map(({ label }) => label)),
    html('div', 'moves', ...pushButtons(user, note)),
    html(
      'div',
      'moves',
      htmlButton('', words.expire, () => move(accessLeftMs() + 1000)),
      ...Object.entries(MOVES).map(([name, ms]) =>
        htmlButton('', words.moves[name as keyof typeof MOVES], () => move(ms)),
      ),
    ),
    note,
  );
  // Set by a story, by another tab or by curl meanwhile.
  card.addEventListener('toggle', () => {
    void ask('GET', '/sandbox/faults').then(({ faults: count }) => {
      if (count === 0) faults.value = 'none';
      else if (faults.value === 'none') faults.value = 'other';
    });
    void ask('PUT', '/sandbox/apps', {}).then((mode) => {
      for (const { name, box } of modes) box.checked = Boolean(mode[name]);
    });
  });
  return card;
}

function faultSelect(): HTMLSelectElement {
  const other = new Option(words.otherFault, 'other');
  // Shown, and not to be chosen.
  other.disabled = true;
  const select = html(
    'select',
    '',
    ...Object.entries(words.faults).map(([name, text]) => new Option(text, name)),
    other,
  );
  select.addEventListener('change', () => {
    const fault = FAULTS[select.value as keyof typeof FAULTS];
    void ask('PUT', '/sandbox/faults', fault ? [{ ...LOGIN, ...fault }] : []);
  });
  return select;
}

function modeSwitch(name: keyof typeof MODES): { label: HTMLElement; box: HTMLInputElement } {
  const box = html('input', '');
  box.type = 'checkbox';
  box.addEventListener('change', () => void ask('PUT', '/sandbox/apps', MODES[name][box.checked ? 0 : 1]));
  return { box, label: html('label', '', box, html('span', '', words.modes[name])) };
}
