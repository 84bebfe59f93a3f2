/** The part of autocannon that the benchmark uses; the package has no types. */
declare module 'autocannon' {
  export interface Request {
    method: 'GET' | 'POST';
    path: string;
    headers?: Record<string, string>;
    body?: string;
  }

  export interface Client {
    setRequests(requests: Request[]): void;
  }

  export interface Options {
    /** The connections are spread over them. */
    url: string[];
    connections: number;
    amount: number;
    /** Milliseconds between samples; a run ends with one. */
    sampleInt: number;
    /** Ends the run after so many connection errors and timeouts. */
    bailout: number;
    setupClient: (client: Client) => void;
    /** False counts as a mismatch. */
    verifyBody: (body: string) => boolean;
  }

  export interface Result {
    /** Connection errors, timeouts included. */
    errors: number;
    non2xx: number;
    mismatches: number;
  }

  export interface Run extends PromiseLike<Result> {
    on(event: 'start', listener: () => void): this;
    on(
      event: 'response',
      listener: (client: Client, status: number, bytes: number, durationMs: number) => void,
    ): this;
  }

  export default function autocannon(options: Options): Run;
}
