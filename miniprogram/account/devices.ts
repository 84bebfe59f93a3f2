import type { SessionResponse } from 'weapp-passport-client';
import { passport } from '../passport';
import { timeInWords } from './time';

/** A device on which the user is logged in, in words for the page. */
export interface Device {
  id: string;
  name: string;
  lastUsed: string;
  /** Whether it is this device. */
  current: boolean;
}

const PATH = '/api/sessions';

/**
 * Returns the devices of the user, the most recently used first.
 * @throws {Problem} as `request`
 */
export async function loadDevices(userId: string): Promise<Device[]> {
  const { body } = await passport.request({ path: PATH, userId });
  return body.sessions.map(inWords);
}

/**
 * Logs one device out.
 * @throws {Problem} `session_not_found` if it is already logged out, or as `request`
 */
export async function endDevice(userId: string, id: string): Promise<void> {
  await passport.request({ method: 'DELETE', path: `${PATH}/${id}`, userId });
}

/**
 * Logs out all devices except this one.
 * @throws {Problem} as `request`
 */
export async function endOtherDevices(userId: string): Promise<void> {
  await passport.request({ method: 'DELETE', path: PATH, userId });
}

function inWords({ id, device, last_used_at, ip, current }: SessionResponse): Device {
  const time = timeInWords(last_used_at);
  const lastUsed = ip === null ? time : `${time} · IP\u00a0${networkOf(ip)}`;
  return { id, name: device ?? '未知设备', lastUsed, current };
}

/** Writes the part of an address that the service does not store as `*`: `203.0.113.*`, `2001:db8:12:*`. */
function networkOf(ip: string): string {
  return ip.replace(/(?<=\.)0$|(?<=:):$/, '*');
}
