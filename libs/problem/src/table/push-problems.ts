import type { ProblemSpec } from './problem-spec.js';

/** Problems of pushes, which WeChat sends to the service. */
export const PUSH_PROBLEMS = {
  push_not_configured: {
    status: 404,
    title: { en: 'This mini-program takes no pushes', zh: '该小程序没有配置消息推送' },
    cause: {
      en: 'The service knows the appid, but has neither Token nor EncodingAESKey of its message push.',
      zh: '服务已接入该 appid，但没有它的消息推送 Token 和 EncodingAESKey。',
    },
    fix: {
      en: 'Set `WEIXIN_PUSH_KEYS`, or `push_token` and `push_encoding_aes_key` in `WEIXIN_APPS_FILE`, to the values in the WeChat console.',
      zh: '设置 `WEIXIN_PUSH_KEYS`，或在 `WEIXIN_APPS_FILE` 中填写 `push_token` 和 `push_encoding_aes_key`，值与微信公众平台上的一致。',
    },
  },
  push_signature_invalid: {
    status: 403,
    title: { en: 'WeChat did not sign this push', zh: '推送签名无效' },
    cause: {
      en: '`signature` or `msg_signature` was made with another Token or for another body, or the content does not decrypt with the EncodingAESKey for this appid.',
      zh: '`signature` 或 `msg_signature` 与 Token、消息体不匹配，或内容无法用该 appid 的 EncodingAESKey 解密。',
    },
    fix: {
      en: 'Compare Token, EncodingAESKey and the appid in the URL with the WeChat console. `npm run doctor` checks the Token of the running service.',
      zh: '核对微信公众平台上的 Token、EncodingAESKey 以及 URL 中的 appid。`npm run doctor` 会检查运行中的服务所用的 Token。',
    },
  },
  push_stale: {
    status: 403,
    title: { en: 'The push is too old', zh: '推送已过期' },
    cause: {
      en: '`timestamp` is more than five minutes from the clock of the service: the push is sent again by another party, or the clock is wrong.',
      zh: '`timestamp` 与服务器时钟相差超过五分钟：推送被他人重放，或服务器时钟不准。',
    },
    fix: {
      en: 'Set the clock of the server; WeChat signs each push when it sends it.',
      zh: '校准服务器时钟；微信每次发送推送时都会重新签名。',
    },
  },
  push_forward_failed: {
    status: 502,
    title: { en: 'The push could not be forwarded', zh: '推送转发失败' },
    cause: {
      en: '`WEIXIN_PUSH_FORWARD_URL` did not answer with a status below 300 within four seconds. WeChat repeats the push up to three times.',
      zh: '`WEIXIN_PUSH_FORWARD_URL` 没有在四秒内返回 2xx。微信最多会重试三次。',
    },
    fix: {
      en: 'Check the server at `WEIXIN_PUSH_FORWARD_URL`. The log has the reason.',
      zh: '检查 `WEIXIN_PUSH_FORWARD_URL` 处的服务，原因见日志。',
    },
  },
} as const satisfies Record<string, ProblemSpec>;
