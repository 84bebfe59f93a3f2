import { html } from '../html.js';
import type { Network } from '../link.js';
import { texts } from './texts.js';

const NETWORKS = ['online', 'slow', 'lossy', 'off'] as const satisfies readonly Network[];

/** The network of one phone, as a row of radio buttons. */
export function networkSwitch(
  phone: string,
  network: Network,
  onChange: (network: Network) => void,
): HTMLElement {
  const options = NETWORKS.map((value) => {
    const { name, what } = texts.phone.networks[value];
    const radio = html('input', '');
    radio.type = 'radio';
    radio.value = value;
    radio.name = `network-${phone}`;
    radio.checked = value === network;
    radio.addEventListener('change', () => onChange(value));
    const label = html('label', '', radio, html('span', '', name));
    label.title = what;
    return label;
  });
  const legend = html('legend', '', texts.phone.network);
  return html('fieldset', 'network', legend, html('div', 'segments', ...options));
}
