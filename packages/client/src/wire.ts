import type { Call, CallOptions } from './call.js';
import type { Callbacks } from './call-port.js';
import { lowerCased } from './headers.js';
import type { Port } from './port.js';

/** Starts a call of the platform. */
export type Start = (callbacks: Callbacks) => unknown;

/** The options of a function of the platform for one call. */
export interface PortCall extends Callbacks {
  url: string;
  header: Readonly<Record<string, string>>;
  timeout: number;
}

/** Starts a function of the platform. */
export type Starter = (port: Port, options: PortCall) => unknown;

/** Converts a call to the service into a call of the platform. */
export type Wire = (call: Call, access?: string, starter?: Starter) => Start;

/** Returns the function that converts calls to the service. It calls `wx.request`, or the given function of the platform. */
export function createWire(port: Port, baseUrl: string, timeoutMs: number): Wire {
  return (call: Call, access?: string, starter: Starter = requestOf(call)): Start => {
    const header = lowerCased(call.header);
    if (call.body !== undefined) header['content-type'] = header['content-type'] || 'application/json';
    if (access) header['authorization'] = `Bearer ${access}`;
    const url = baseUrl.replace(/\/+$/, '') + call.path.replace(/^\/*/, '/') + queryOf(call);
    const timeout = call.timeoutMs || timeoutMs;
    return (callbacks) => starter(port, Object.assign({ url, header, timeout }, callbacks));
  };
}

/** Requests the answer as text, which the client parses, because platforms differ in what they parse. */
function requestOf({ method, body }: Call): Starter {
  const own = { method, dataType: 'text', data: JSON.stringify(body) };
  return (port, options) => port.request(Object.assign(own, options) as never);
}

function queryOf({ path, query = {} }: CallOptions): string {
  const pairs = Object.keys(query).map((name) => {
    const value = query[name];
    return value === undefined ? '' : `&${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  });
  return path.indexOf('?') < 0 ? pairs.join('').replace('&', '?') : pairs.join('');
}
