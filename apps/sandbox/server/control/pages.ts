/** What miniprogram/config.ts calls in a developer's build. */
const DEVELOPERS_BASE_URL = 'http://127.0.0.1:8000';

/**
 * The page at `/`: what this is, how to get a code, and the desk with the phones where it is built.
 * @param host a Host header that was found to be loopback, so it needs no escaping
 */
export function deskPage(host: string, built: boolean): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox: this is not WeChat</title>
<link rel="icon" href="/favicon.ico" type="image/svg+xml">
<link rel="stylesheet" href="/phone/desk-style.css">
<header class="top">
<h1>weapp-passport <span>sandbox <span lang="zh-CN">沙箱</span></span></h1>
<p><strong>This is not WeChat.</strong> <span lang="zh-CN">这不是微信。</span> All users are fictional, and nothing leaves this machine.</p>
</header>
${built ? '<main id="desk"></main>' : '<main><p>The phone is not built yet: run <code>npm run build</code>, then reload this page.</p></main>'}
<footer class="help">
<details${built ? '' : ' open'}>
<summary>Without the phone: the sandbox by hand <span lang="zh-CN">命令行用法</span></summary>
<p>It imitates the server API of WeChat's mini-programs for development and tests. No AppID is needed.</p>
<p>What <code>wx.login()</code> gives on a phone:</p>
<pre tabindex="0">curl -X POST http://${host}/sandbox/codes</pre>
<p>The same for another user and the other app:</p>
<pre tabindex="0">curl -X POST http://${host}/sandbox/codes -d '{"user":"bob","appid":"wxsandbox000000002"}'</pre>
<p>What a back end does with the code:</p>
<pre tabindex="0">curl "http://${host}/sns/jscode2session?appid=wxsandbox000000001&amp;secret=sandbox-secret&amp;js_code=CODE&amp;grant_type=authorization_code"</pre>
</details>
</footer>
${built ? '<script src="/phone/desk.js"></script>\n' : ''}</html>
`;
}

/**
 * The page of one phone. Its query says which: `?phone=1&user=alice`.
 * @param apiOrigin where the service is; with a developer's base URL, it is the list of request domains
 */
export function phonePage(apiOrigin: string): string {
  const domains = [...new Set([DEVELOPERS_BASE_URL, apiOrigin])].join(' ');
  return `<!doctype html>
<html lang="zh-CN" data-request-domains="${domains}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Phone</title>
<link rel="icon" href="/favicon.ico" type="image/svg+xml">
<link rel="stylesheet" href="/phone/phone-style.css">
<body>
<script src="/phone/phone.js"></script>
</body>
</html>
`;
}
