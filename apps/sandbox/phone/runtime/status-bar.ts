import { html } from '../html.js';
import type { Network } from '../link.js';

const KINDS: Readonly<Record<Network, string>> = { online: '5G', slow: '3G', lossy: '5G', off: '无服务' };

const time = html('span', 'status-time');
const network = html('span', 'status-network');
const battery = html('span', 'status-battery');

/** The top of the screen: the time of the phone's clock, and its network. For eyes only: the workbench has both as text. */
export const statusBar = html('div', 'status-bar', time, html('span', 'status-icons', network, battery));
statusBar.ariaHidden = 'true';

/** Shows the time of the phone's clock, which may have been moved. */
export function drawTime(): void {
  const now = new Date();
  const [hours, minutes] = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, '0'));
  time.textContent = `${hours}:${minutes}`;
}

export function drawNetwork(now: Network): void {
  network.textContent = KINDS[now];
  network.classList.toggle('without', now === 'off');
}

drawTime();
setInterval(drawTime, 1000);
