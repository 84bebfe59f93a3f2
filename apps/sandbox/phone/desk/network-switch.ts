import { html } from '../html.js';
import type { Network } from '../link.js';

const NETWORKS: readonly (readonly [Network, string, string])[] = [
  ['online', 'Online', '在线'],
  ['slow', 'Slow', '慢：每程 1.5 秒'],
  ['lossy', 'Lossy', '每两个应答丢一个'],
  ['off', 'Off', '断网'],
];

/** The network of one phone, as a row of radio buttons. */
export function networkSwitch(
  phone: string,
  network: Network,
  onChange: (network: Network) => void,
): HTMLElement {
  const options = NETWORKS.map(([value, english, chinese]) => {
    const radio = html('input', '');
    radio.type = 'radio';
    radio.name = `network-${phone}`;
    radio.checked = value === network;
    radio.addEventListener('change', () => onChange(value));
    const label = html('label', '', radio, html('span', '', english));
    label.title = chinese;
    return label;
  });
  const legend = html('legend', '', 'Network 网络');
  return html('fieldset', 'network', legend, html('div', 'segments', ...options));
}
