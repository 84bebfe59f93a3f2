import { isTlsFailure } from './send-request.js';
import type { Diagnosis } from './diagnosis.js';

/** Faults of the certificate of `JWT_ISSUER` or of Redis. */
export const CERTIFICATE_DIAGNOSES = {
  certificate_incomplete: {
    title: { en: 'The certificate chain is incomplete', zh: '证书链不完整' },
    cause: {
      en: 'The server sends its own certificate without the intermediate one, or the certificate was signed by an authority that this machine does not trust. Desktop browsers often add the missing certificate; phones and back ends do not.',
      zh: '服务器只发送了自己的证书，没有发送中间证书；或签发它的机构不受本机信任。电脑浏览器往往会自动补全，手机和后端不会。',
    },
    fix: {
      en: 'Configure the full chain: `fullchain.pem` instead of `cert.pem`. In nginx, the file of `ssl_certificate` has the certificate first, then the intermediate ones. For your own authority, set `NODE_EXTRA_CA_CERTS`.',
      zh: '为服务器配置完整证书链：使用 `fullchain.pem` 而不是 `cert.pem`；nginx 的 `ssl_certificate` 文件应先放服务器证书，再放中间证书。自建 CA 请设置 `NODE_EXTRA_CA_CERTS`。',
    },
  },
  certificate_expired: {
    title: { en: 'The certificate has expired or is not valid yet', zh: '证书已过期或尚未生效' },
    cause: {
      en: 'It was not renewed in time, the server was not reloaded after the renewal, or the clock of this machine is wrong. It may also be another certificate of the chain that has expired.',
      zh: '证书未及时续期，续期后没有重新加载服务器，或本机时钟不准。过期的也可能是证书链中的某一张。',
    },
    fix: {
      en: 'Renew the certificate and reload the server; automate both. Check the clock of this machine.',
      zh: '续期证书并重新加载服务器，且让两者自动进行。同时核对本机时钟。',
    },
  },
  certificate_of_another: {
    title: { en: 'The certificate is for another name', zh: '证书的域名不匹配' },
    cause: {
      en: 'The certificate of the server at this address does not contain this host name: it was issued for another one, or the server answers an unknown name with its default site.',
      zh: '该地址的服务器出示的证书不包含此域名：证书是为其他域名签发的，或服务器对未知域名返回了默认站点。',
    },
    fix: {
      en: 'Issue a certificate with this name, add the name to the site of the proxy (`server_name` in nginx), or correct the address. `www` and the bare domain are two names.',
      zh: '签发包含该域名的证书，在代理的站点配置中加入该域名（nginx 的 `server_name`），或更正地址。带 `www` 与不带是两个域名。',
    },
  },
  certificate_untrusted: {
    title: { en: 'The certificate is from an unknown authority', zh: '证书的签发机构不受信任' },
    cause: {
      en: 'It is self-signed, or this machine does not trust its authority. WeChat refuses such an address in a mini-program.',
      zh: '证书是自签名的，或签发机构不在本机的信任列表中。微信小程序会拒绝访问这样的地址。',
    },
    fix: {
      en: 'Use a certificate of a public authority, for example Let’s Encrypt. For your own authority between your servers, set `NODE_EXTRA_CA_CERTS`.',
      zh: '使用公共 CA（如 Let’s Encrypt）签发的证书。服务器之间使用自建 CA 时，请设置 `NODE_EXTRA_CA_CERTS`。',
    },
  },
  tls_failed: {
    title: { en: 'No TLS connection can be made', zh: '无法建立 TLS 连接' },
    cause: {
      en: 'A server answers, but it uses plain http or plain Redis on this port, or has no TLS version or cipher in common with this machine.',
      zh: '该端口有响应，但使用的是明文 http 或明文 Redis，或与本机没有共同的 TLS 版本或加密套件。',
    },
    fix: {
      en: 'Check the scheme and the port. Enable TLS 1.2 and 1.3 on the server.',
      zh: '核对协议与端口；在服务器上启用 TLS 1.2 与 1.3。',
    },
  },
} as const satisfies Record<string, Diagnosis>;

/** @see https://docs.openssl.org/3.0/man1/openssl-verification-options/ whose names Node.js uses */
const BY_FAILURE: Readonly<Record<string, Diagnosis>> = {
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: CERTIFICATE_DIAGNOSES.certificate_incomplete,
  CERT_HAS_EXPIRED: CERTIFICATE_DIAGNOSES.certificate_expired,
  CERT_NOT_YET_VALID: CERTIFICATE_DIAGNOSES.certificate_expired,
  ERR_TLS_CERT_ALTNAME_INVALID: CERTIFICATE_DIAGNOSES.certificate_of_another,
  DEPTH_ZERO_SELF_SIGNED_CERT: CERTIFICATE_DIAGNOSES.certificate_untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: CERTIFICATE_DIAGNOSES.certificate_untrusted,
  UNABLE_TO_GET_ISSUER_CERT: CERTIFICATE_DIAGNOSES.certificate_untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CERTIFICATE_DIAGNOSES.certificate_untrusted,
};

/** Returns undefined for a failure outside TLS: the server was not reached. */
export const certificateDiagnosis = (failure: string): Diagnosis | undefined =>
  BY_FAILURE[failure] ?? (isTlsFailure(failure) ? CERTIFICATE_DIAGNOSES.tls_failed : undefined);
