import { randomId } from './random-id';
import { read, write } from './storage';

const KEY = 'passport.device';

/**
 * How this phone is called in the list of devices. A login with the same id replaces the session of the login before,
 * so one phone is one device, however often it logs in.
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/base/system/wx.getDeviceInfo.html
 */
export function device(): { id: string; name?: string } {
  const stored = read(KEY);
  const id = typeof stored === 'string' ? stored : randomId();
  if (id !== stored) write(KEY, id);
  const { brand, model } = wx.getDeviceInfo();
  const name = (model.startsWith(brand) ? model : `${brand} ${model}`).trim().slice(0, 64);
  return { id, ...(name !== '' && { name }) };
}
