import { lookup, type LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isRefusedAddress } from './refused-addresses.js';

/** Total deadline of one attempt, from the name to the last byte. */
export const ATTEMPT_TIMEOUT_MS = 10_000;
/** Of an answer, whose content is ignored. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Why a message is not sent to an address. */
export type Refusal = 'address_refused' | 'http_refused';

/** Reports that a name leads to an address that is refused. */
class RefusedAddressError extends Error {
  readonly code = 'address_refused' satisfies Refusal;
}

/**
 * Sends messages to the addresses of receivers, which operators and their back ends choose, and which must not become a way
 * into the network of the service. It follows no redirect, reads no proxy variable, and connects to the very address that it
 * has checked: the check is the lookup of the connection.
 *
 * Names are resolved without the system's resolver, which blocks a thread for each name that does not answer.
 */
export class WebhookTransport {
  private readonly agents = {
    http: new HttpAgent({ keepAlive: true }),
    https: new HttpsAgent({ keepAlive: true }),
  };

  /**
   * @param allowedHosts hosts in lower case that may have any address, and http; the system resolves them
   * @param resolver for all other names
   */
  constructor(
    private readonly allowedHosts: readonly string[],
    private readonly resolver = new Resolver({ timeout: 2000, tries: 2 }),
  ) {}

  /**
   * Sends one POST, without a retry. Never throws.
   * @param url `http:` or `https:`
   * @param signal aborts it: the result is then `ABORT_ERR`
   * @returns the status of the answer, such as `204`; else a code of Node, a {@link Refusal}, `timeout` or `closed`
   */
  send(url: URL, headers: Record<string, string>, body: string, signal?: AbortSignal): Promise<string> {
    return new Promise((resolve) => {
      const refusal = this.refusalOf(url);
      if (refusal !== undefined) {
        resolve(refusal);
        return;
      }
      const [request, agent] =
        url.protocol === 'https:' ? [httpsRequest, this.agents.https] : [httpRequest, this.agents.http];
      const length = { 'content-length': Buffer.byteLength(body) };
      const call = request(url, {
        method: 'POST',
        agent,
        lookup: this.checkedLookup,
        headers: { ...headers, ...length },
        signal,
      });
      const deadline = setTimeout(() => {
        resolve('timeout');
        call.destroy();
      }, ATTEMPT_TIMEOUT_MS);
      call
        .on('response', (response) => {
          resolve(String(response.statusCode));
          discard(response);
        })
        .on('error', ({ code = 'failed' }: NodeJS.ErrnoException) => {
          resolve(code);
        })
        .on('close', () => {
          clearTimeout(deadline);
          // After a protocol upgrade Node emits neither an answer nor an error.
          resolve('closed');
        })
        .end(body);
    });
  }

  /**
   * Checks an address before it is stored. What a name leads to is checked again at each connection.
   * @returns the reason against it, or the resolver's code; undefined if there is none
   */
  async objectionTo(url: URL): Promise<string | undefined> {
    const refusal = this.refusalOf(url);
    if (refusal !== undefined || this.isAllowed(url.hostname) || isIP(addressOf(url)) !== 0) return refusal;
    try {
      await this.resolve(url.hostname);
      return undefined;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? 'failed';
    }
  }

  /** Closes the idle connections. */
  close(): void {
    this.agents.http.destroy();
    this.agents.https.destroy();
  }

  private refusalOf(url: URL): Refusal | undefined {
    if (this.isAllowed(url.hostname)) return undefined;
    if (url.protocol !== 'https:') return 'http_refused';
    // No lookup happens for a literal address.
    return isIP(addressOf(url)) !== 0 && isRefusedAddress(addressOf(url)) ? 'address_refused' : undefined;
  }

  private isAllowed(host: string): boolean {
    return this.allowedHosts.includes(host);
  }

  private readonly checkedLookup: LookupFunction = (host, options, callback) => {
    if (this.isAllowed(host)) {
      lookup(host, options, callback);
      return;
    }
    this.resolve(host).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error as NodeJS.ErrnoException, []);
      },
    );
  };

  /** @throws {RefusedAddressError} if one of the addresses is refused; the resolver's error if there is none */
  private async resolve(host: string): Promise<[LookupAddress, ...LookupAddress[]]> {
    const [ipv4, ipv6] = await Promise.allSettled([
      this.resolver.resolve4(host),
      this.resolver.resolve6(host),
    ]);
    const of = (found: PromiseSettledResult<string[]>, family: 4 | 6) =>
      found.status === 'fulfilled' ? found.value.map((address) => ({ address, family })) : [];
    const [first, ...others] = [...of(ipv4, 4), ...of(ipv6, 6)];
    if (!first) throw ipv4.status === 'rejected' ? ipv4.reason : new Error('no address');
    if ([first, ...others].some(({ address }) => isRefusedAddress(address))) throw new RefusedAddressError();
    return [first, ...others];
  }
}

/** The host, without the brackets of IPv6. */
const addressOf = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '');

/** Reads the rest of an answer, so that its connection can be used again, and closes the connection if it is long. */
function discard(response: IncomingMessage): void {
  let bytes = 0;
  response
    .on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_ANSWER_BYTES) response.destroy();
    })
    // The status is known: what happens to the rest changes nothing.
    .on('error', () => undefined);
}
