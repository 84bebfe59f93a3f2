/**
 * The page at `/`: what this is, and how to get a code.
 * @param host a Host header that was found to be loopback, so it needs no escaping
 */
export function homepage(host: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Sandbox: this is not WeChat</title>
<h1>This is not WeChat</h1>
<p>It imitates the server API of WeChat's mini-programs for development and tests. Nobody is real here, no AppID is
needed, and nothing leaves this machine.</p>
<p>What <code>wx.login()</code> gives on a phone:</p>
<pre>curl -X POST http://${host}/sandbox/codes</pre>
<p>The same for another user and the other app:</p>
<pre>curl -X POST http://${host}/sandbox/codes -d '{"user":"bob","appid":"wxsandbox000000002"}'</pre>
<p>What a back end does with the code:</p>
<pre>curl "http://${host}/sns/jscode2session?appid=wxsandbox000000001&amp;secret=sandbox-secret&amp;js_code=CODE&amp;grant_type=authorization_code"</pre>
</html>
`;
}
