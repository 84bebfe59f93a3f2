import type { ChainMessage, Party } from '../../server/trace/chain.js';
import { html, htmlButton } from '../html.js';
import { curlOf } from './curl.js';
import { phoneBadge } from './phone-badge.js';
import { texts } from './texts.js';

/** A message as it is drawn; what never left the phone has no id. */
export type Drawn = Omit<ChainMessage, 'id'>;

const words = texts.messages;

/** From left to right. */
export const PARTIES = ['mini-program', 'service', 'wechat'] as const satisfies readonly Party[];

/** Headers that a row shows without being opened. */
const NOTED = ['Authorization', 'If-Match', 'ETag', 'Retry-After'];

/** One row of the diagram: its arrow, what it carries in a few words and, opened, all that may be shown of it. */
export function messageRow(message: Drawn): HTMLLIElement {
  const item = html('li', classesOf(message), html('details', '', summaryOf(message), contentOf(message)));
  if (message.exchange !== undefined) item.dataset['exchange'] = message.exchange;
  return item;
}

function classesOf({ from, to, outcome, phone }: Drawn): string {
  const [left = 0, right = 0] = [from, to].map((party) => PARTIES.indexOf(party)).sort();
  const direction = PARTIES.indexOf(from) < PARTIES.indexOf(to) ? 'rightward' : 'leftward';
  return `message lanes-${left}-${right} ${direction} ${outcome} of-phone-${phone || 'none'}`;
}

function summaryOf(message: Drawn): HTMLElement {
  const { phone, outcome, from, to, answer } = message;
  const badge = phoneBadge(phone, phone === 'X' ? words.thief : texts.phone.name(phone));
  const label = labelOf(message);
  // A label that is too long for its arrow goes on in the next line, after a separator.
  const parts = label
    .split(/(?<=[/_·])/)
    .flatMap((part, index) => (index === 0 ? [part] : [html('wbr', ''), part]));
  const name = html('span', 'label', ...parts);
  const isHttp = answer && from === 'service';
  const line = html(
    'span',
    'words',
    ...(phone ? [badge] : []),
    ...(isHttp ? [html('strong', 'status', String(answer.status))] : []),
    name,
  );
  const names = [from, to].map((party) => words.parties[party][0]).join(' → ');
  const hidden = html('span', 'hidden', ` (${names}, ${words.outcomes[outcome]})`);
  const summary = html('summary', '', line, hidden, html('span', 'arrow'));
  const notes = notesOf(message);
  if (notes.length > 0) summary.append(html('span', 'notes', ...notes.map(noteElement)));
  return summary;
}

function labelOf({ label, outcome }: Drawn): string {
  const text = words.labels[label] ?? label;
  return outcome === 'lost' ? `✕ ${text}` : text;
}

function notesOf({ request, answer }: Drawn): string[] {
  const headers: Readonly<Record<string, string>> = (request ?? answer)?.headers ?? {};
  const noted = NOTED.flatMap((name) => (headers[name] ? [`${name}: ${headers[name]}`] : []));
  return answer ? [...noted, words.answered(answer.ms)] : noted;
}

/** A narrow row leaves out the name of the longest header. */
function noteElement(note: string): HTMLElement {
  const [, name, value] = /^(Authorization: )(.*)/.exec(note) ?? [];
  return name && value
    ? html('span', '', html('span', 'of-authorization', name), value)
    : html('span', '', note);
}

function contentOf(message: Drawn): HTMLElement {
  const { request, body } = message;
  const box = html('div', 'content', html('pre', '', textOf(message)));
  if (request) {
    const copy = htmlButton('copy', words.copy, () => {
      void navigator.clipboard.writeText(curlOf(request, body)).then(() => {
        copy.textContent = words.copied;
      });
    });
    box.append(copy);
  }
  return box;
}

/** The message as it goes over the wire: first line, headers, body. */
function textOf({ request, answer, body, label, from, to }: Drawn): string {
  const ofThePhone = from !== 'service' && to !== 'service';
  const line = request ? `${request.method} ${request.url}` : answer ? `HTTP ${answer.status}` : '';
  // Between a phone and WeChat there is no HTTP that a developer sees.
  const first = ofThePhone ? label : line;
  const headers = Object.entries((request ?? answer)?.headers ?? {}).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const head = [first, ...headers].filter(Boolean).join('\n');
  return [head, ...(body === undefined ? [] : [JSON.stringify(body, null, 2)])].join('\n\n').trim() || '—';
}
