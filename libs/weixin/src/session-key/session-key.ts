/** Returns whether a value can be a session_key: base64 of 16 bytes, or longer if WeChat changes the length. */
export const isSessionKey = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Za-z0-9+/]{8,64}={0,2}$/.test(value);
