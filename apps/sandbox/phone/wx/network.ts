import type { Network } from '../link.js';
import { FIRST_NETWORK } from '../runtime/phone.js';
import { answer, type Callbacks, Failure } from './callbacks.js';

const SLOW_MS = 1500;
const NO_ROUTE_MS = 60;

/** The argument of a `wx.onNetworkStatusChange` listener. */
interface NetworkStatus {
  isConnected: boolean;
  networkType: 'wifi' | '3g' | 'none';
}

type Listener = (status: NetworkStatus) => void;

const listeners = new Set<Listener>();
let network: Network = FIRST_NETWORK;
let lostLast = false;

/** Changes the phone's network, and notifies the mini-program if its network status changes. */
export function setNetwork(next: Network): void {
  const before = status().networkType;
  network = next;
  lostLast = false;
  if (status().networkType !== before) for (const listener of listeners) listener(status());
}

/** Takes what one way through the network takes. @throws {Failure} without a network */
export async function travel(): Promise<void> {
  if (network === 'off') {
    await sleep(NO_ROUTE_MS);
    throw new Failure('errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED', {
      errno: 600001,
    });
  }
  if (network === 'slow') await sleep(SLOW_MS);
}

/** Whether the answer of the request that goes out now gets lost: of every second one, while the network is lossy. */
export function losesAnswer(): boolean {
  lostLast = network === 'lossy' && !lostLast;
  return lostLast;
}

/** @see https://developers.weixin.qq.com/miniprogram/dev/api/device/network/wx.getNetworkType.html */
export const networkFunctions = {
  getNetworkType: (options?: Callbacks) => answer('getNetworkType', options, () => status()),
  onNetworkStatusChange: (listener: Listener) => void listeners.add(listener),
  offNetworkStatusChange: (listener?: Listener) => {
    if (listener) listeners.delete(listener);
    else listeners.clear();
  },
};

function status(): NetworkStatus {
  const networkType = network === 'off' ? 'none' : network === 'slow' ? '3g' : 'wifi';
  return { isConnected: networkType !== 'none', networkType };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
