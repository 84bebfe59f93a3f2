import type { WeixinApp } from '@app/config';

/** An app as an operator knows it. */
export const nameOf = ({ appid, name }: WeixinApp) => (name === undefined ? appid : `${appid} (${name})`);
