/** Where a request comes from, as the connection and the headers tell. */
export interface ClientInfo {
  /** In full; whoever stores it masks it. */
  readonly ip?: string | undefined;
  readonly userAgent?: string | undefined;
}
