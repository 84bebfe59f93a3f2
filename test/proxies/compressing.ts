import type { HttpProxyName } from './daemon.js';
import { nginxArguments, nginxFile } from './nginx.js';

/** A configuration under which the proxy compresses JSON that it fetches from an address. */
interface Compressing {
  /** The file, and the arguments that name it. */
  readonly text: string;
  readonly args: (file: string) => string[];
}

const MODULES = '/usr/lib/apache2/modules';
const isRoot = process.getuid?.() === 0;

/**
 * The smallest configuration of each proxy that compresses. Nothing else of the answers is changed.
 * @param folder where the proxy may write
 */
export function compressing(name: HttpProxyName, port: number, target: string, folder: string): Compressing {
  const configurations: Record<HttpProxyName, Compressing> = {
    nginx: {
      text: nginxFile(
        folder,
        `gzip on; gzip_types application/json; gzip_proxied any;
  server { listen 127.0.0.1:${port}; location / { proxy_pass ${target}; } }`,
      ),
      args: nginxArguments,
    },
    caddy: {
      text: `{
	admin off
	auto_https off
}
http://127.0.0.1:${port} {
	encode zstd gzip
	reverse_proxy ${target}
}`,
      args: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
    },
    apache: {
      text: `
ServerName localhost
ServerRoot ${folder}
Listen 127.0.0.1:${port}
PidFile ${folder}/apache.pid
ErrorLog ${folder}/error.log
Mutex file:${folder}
${isRoot ? 'User www-data\nGroup www-data' : ''}
LoadModule mpm_event_module ${MODULES}/mod_mpm_event.so
LoadModule authz_core_module ${MODULES}/mod_authz_core.so
LoadModule filter_module ${MODULES}/mod_filter.so
LoadModule deflate_module ${MODULES}/mod_deflate.so
LoadModule proxy_module ${MODULES}/mod_proxy.so
LoadModule proxy_http_module ${MODULES}/mod_proxy_http.so
AddOutputFilterByType DEFLATE application/json
ProxyPass / ${target}/
`,
      args: (file) => ['-DFOREGROUND', '-f', file],
    },
  };
  return configurations[name];
}
