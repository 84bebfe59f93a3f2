/** What the shop knows of its weapp-passport. Injected by this class. */
export class ShopSettings {
  /** `JWT_ISSUER` of the service. */
  issuer!: string;
  /** `JWT_AUDIENCE` of the service. */
  audience!: string;
  /** `ADMIN_URL` of the service: its admin listener, as this server reaches it. */
  adminUrl!: string;
  /** The service account of the shop. */
  clientId!: string;
  clientSecret!: string;
  /** `whsec_…` of the endpoint that sends webhooks to the shop. */
  webhookSecret!: string;

  /** @throws {Error} which names the variable that is missing */
  static from(env: Readonly<Record<string, string | undefined>>): ShopSettings {
    const required = (name: string): string => {
      const value = env[name];
      if (!value) throw new Error(`${name} is not set`);
      return value;
    };
    return {
      issuer: required('PASSPORT_ISSUER'),
      audience: env['PASSPORT_AUDIENCE'] ?? 'weapp-passport',
      adminUrl: required('PASSPORT_ADMIN_URL'),
      clientId: required('PASSPORT_CLIENT_ID'),
      clientSecret: required('PASSPORT_CLIENT_SECRET'),
      webhookSecret: required('PASSPORT_WEBHOOK_SECRET'),
    };
  }
}
