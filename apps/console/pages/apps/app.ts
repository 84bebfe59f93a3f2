/** A mini-program as the admin API lists it. */
export interface App {
  appid: string;
  name?: string;
  /** 0: no limit. */
  login_per_minute: number;
  push: { configured: boolean; forwarded: boolean };
  today: { logins: number; refusals: number; phone_numbers: number };
}

/** Returns what a dialog calls a mini-program. */
export const nameOfApp = ({ appid, name }: App) => name ?? appid;
