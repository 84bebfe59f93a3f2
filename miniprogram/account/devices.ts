import type { SessionDto } from 'weapp-passport-client';
import { passport } from '../passport';

/** A device on which the user is logged in, in words for the page. */
export interface Device {
  id: string;
  name: string;
  lastUsed: string;
  /** Whether it is this one. */
  current: boolean;
}

const PATH = '/api/sessions';

/**
 * The devices of the user, the last used first.
 * @throws {Problem} as `request`
 */
export async function loadDevices(userId: string): Promise<Device[]> {
  const { body } = await passport.request({ path: PATH, userId });
  return body.sessions.map(inWords);
}

/**
 * Logs one device out.
 * @throws {Problem} `session_not_found` when it is out already, or as `request`
 */
export async function endDevice(userId: string, id: string): Promise<void> {
  await passport.request({ method: 'DELETE', path: `${PATH}/${id}`, userId });
}

/**
 * Logs every device out but this one.
 * @throws {Problem} as `request`
 */
export async function endOtherDevices(userId: string): Promise<void> {
  await passport.request({ method: 'DELETE', path: PATH, userId });
}

function inWords({ id, device, last_used_at, ip, current }: SessionDto): Device {
  const at = new Date(last_used_at);
  const [hours, minutes] = [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0'));
  const time = `${at.getMonth() + 1}月${at.getDate()}日 ${hours}:${minutes}`;
  return { id, name: device ?? '未知设备', lastUsed: ip === null ? time : `${time} · ${ip}`, current };
}
