import type { FastifyInstance } from 'fastify';
import type { Config } from '@app/config';

/** Links only: no script, no style, no frame. */
const POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Serves `GET /` for the developer who opens the address of the service: it leads to Swagger UI and to the sandbox. */
export function serveFrontPage(fastify: FastifyInstance, config: Config): void {
  const page = frontPage(config);
  fastify.get('/', (_request, reply) =>
    reply.header('Content-Security-Policy', POLICY).type('text/html; charset=utf-8').send(page),
  );
}

function frontPage({ DOCS, sandboxUrl }: Config): string {
  const links = [
    ...(DOCS ? [link('/docs', 'Try every route (Swagger UI)', '试用每个接口')] : []),
    ...(sandboxUrl === undefined
      ? []
      : [
          link(
            new URL(sandboxUrl).href,
            'The mini-program on a phone, in the sandbox',
            '沙箱：手机上的小程序',
          ),
        ]),
  ];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>weapp-passport</title>
<h1>weapp-passport</h1>
<p>The service is running. <span lang="zh-CN">服务正在运行。</span></p>
<ul>
${links.join('\n')}
</ul>
</html>
`;
}

const link = (href: string, english: string, chinese: string) =>
  `<li><a href="${href}">${english}</a> <span lang="zh-CN">${chinese}</span></li>`;
