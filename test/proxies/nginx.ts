/**
 * The main file of an nginx in the foreground that writes below one folder only.
 * @param http what is in its http block
 */
export const nginxFile = (folder: string, http: string): string => `
daemon off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  ${http}
}`;

/** The arguments that start nginx with this file. */
export const nginxArguments = (file: string): string[] => ['-e', 'stderr', '-c', file];
