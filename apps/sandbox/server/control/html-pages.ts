import { type Language, TEXTS } from '../../texts/texts.js';

/** What miniprogram/config.ts calls in a developer's build. */
const DEVELOPERS_BASE_URL = 'http://127.0.0.1:8000';

/**
 * The page at `/`: what this is, how to get a code, and the workbench with the phones where it is built.
 * @param host a Host header that was found to be loopback, so it needs no escaping
 * @param aheadMs of the clock
 */
export function workbenchPage(host: string, built: boolean, language: Language, aheadMs: number): string {
  const { page } = TEXTS[language];
  const { help } = page;
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}" data-ahead-ms="${aheadMs}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<link rel="icon" href="/favicon.ico" type="image/svg+xml">
<link rel="stylesheet" href="/phone/workbench-style.css">
<header class="top">
<h1>weapp-passport <span>${page.sandbox}</span></h1>
<p><strong>${page.notWeChat}</strong> ${page.note}</p>
<div class="tools"></div>
</header>
<main id="workbench">${built ? '' : `<p>${page.notBuilt}</p>`}</main>
<footer class="help">
<details${built ? '' : ' open'}>
<summary>${help.title}</summary>
<p>${help.what}</p>
<p>${help.code}</p>
<pre tabindex="0">curl -X POST http://${host}/sandbox/codes</pre>
<p>${help.another}</p>
<pre tabindex="0">curl -X POST http://${host}/sandbox/codes -d '{"user":"bob","appid":"wxsandbox000000002"}'</pre>
<p>${help.exchange}</p>
<pre tabindex="0">curl "http://${host}/sns/jscode2session?appid=wxsandbox000000001&amp;secret=sandbox-secret&amp;js_code=CODE&amp;grant_type=authorization_code"</pre>
</details>
</footer>
${built ? '<script src="/phone/workbench.js"></script>\n' : ''}</html>
`;
}

/**
 * The page of one phone. Its query says which: `?phone=1&user=alice`.
 * @param apiOrigin where the service is; with a developer's base URL, it is the list of request domains
 */
export function phonePage(apiOrigin: string, aheadMs: number): string {
  const domains = [...new Set([DEVELOPERS_BASE_URL, apiOrigin])].join(' ');
  return `<!doctype html>
<html lang="zh-CN" data-request-domains="${domains}" data-ahead-ms="${aheadMs}">
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

/**
 * The page of a phone whose mini-program cannot be compiled.
 * @param fault of the developer's files, so it may hold any character
 */
export function faultPage(fault: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Phone</title>
<link rel="stylesheet" href="/phone/phone-style.css">
<h1>The mini-program cannot run</h1>
<pre class="fault">${fault.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)}</pre>
<p>Load the page again when it is corrected.</p>
</html>
`;
}
