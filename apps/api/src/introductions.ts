import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

/** The texts that Swagger UI shows above the routes. */
interface Introduction {
  /** @param sandboxUrl the address of the sandbox; undefined without a sandbox */
  describe: (sandboxUrl?: string) => string;
  tags: Readonly<Record<string, string>>;
}

/** The introduction in each language. The document at `/docs-json` is in English. */
export const INTRODUCTIONS = {
  en: {
    describe: (sandboxUrl = '') =>
      `Login for WeChat mini-programs. ${
        sandboxUrl &&
        `Try it without a phone: execute **POST /api/weixin/login** as it is, then the other routes from top to bottom.
This page fills in what the answers gave: the tokens, the id of the session, and the ETag of the document.
Codes for other users come from the sandbox: \`curl -X POST ${sandboxUrl}/sandbox/codes\`.

`
      }Every error is \`application/problem+json\` (RFC 9457); decide by its \`code\`. A slash at the end of a path is optional.`,
    tags: {
      login: 'Exchange a code of wx.login() for tokens',
      data: 'Data that a logged-in user stores',
      account: 'The user’s own profile',
      'personal data': 'A copy of everything stored of the user; consents',
      'open data': 'Data that WeChat encrypts for the mini-program',
      tokens: 'Renew tokens; verify access tokens in other back ends',
      sessions: 'The devices of a user, and logging out',
      deletion: 'Delete the account. Log in again before you cancel',
      operations: 'For load balancers and orchestrators',
    },
  },
  zh: {
    describe: (sandboxUrl = '') =>
      `微信小程序登录服务。${
        sandboxUrl &&
        `不用手机也能试：先直接执行 **POST /api/weixin/login**，再从上到下执行其他接口。
本页会自动填入上一步得到的令牌、会话 id 和文档的 ETag。
其他用户的 code 由沙箱签发：\`curl -X POST ${sandboxUrl}/sandbox/codes\`。

`
      }所有错误均为 \`application/problem+json\`（RFC 9457），请按 \`code\` 判断。路径末尾的斜杠可有可无。`,
    tags: {
      login: '用 wx.login() 的 code 换取令牌',
      data: '登录用户保存的数据',
      account: '用户自己的资料',
      'personal data': '导出用户的全部数据；同意记录',
      'open data': '微信为小程序加密的数据',
      tokens: '刷新令牌；在其他后端验证 access 令牌',
      sessions: '用户的设备，以及退出登录',
      deletion: '注销账号；撤销之前需要重新登录',
      operations: '供负载均衡和编排系统使用',
    },
  },
} as const satisfies Record<string, Introduction>;

/** The text above the routes of the admin API. */
export const ADMIN_INTRODUCTION = `For other back ends. Create a service account with
\`npm run passport -- service-accounts create\`, then give its id and secret to **Authorize**. An account sees the users who have an
identity in one of its mini-programs. Every error is \`application/problem+json\` (RFC 9457); decide by its \`code\`.`;

/** Returns the tags of an OpenAPI document. */
export function tagsOf({ tags }: Introduction): { name: string; description: string }[] {
  return Object.entries(tags).map(([name, description]) => ({ name, description }));
}

/**
 * Returns the document for Swagger UI in the reader's language. A cookie, which the switches of this page and of the sandbox
 * set, takes precedence over the browser's first language. Does not change the document at `/docs-json`.
 */
export function inLanguageOf(
  { url, headers }: Pick<FastifyRequest, 'url' | 'headers'>,
  document: OpenAPIObject,
  sandboxUrl: string | undefined,
): OpenAPIObject {
  const chosen = /(?:^|;\s*)language=(en|zh)(?:;|$)/.exec(headers.cookie ?? '')?.[1];
  const language = chosen ?? /\b(en|zh)\b/i.exec(headers['accept-language'] ?? '')?.[1]?.toLowerCase();
  if (language !== 'zh' || url.startsWith('/docs-json')) return document;
  return {
    ...document,
    info: { ...document.info, description: INTRODUCTIONS.zh.describe(sandboxUrl) },
    tags: tagsOf(INTRODUCTIONS.zh),
  };
}
