const DATABASE = 'weapp_passport';

/**
 * Returns `DATABASE_URL` from the variables that WeChat Cloud Run sets if it has made a MySQL for the service, or nothing
 * outside of Cloud Run. The database in it has the name of deploy/cloud-run/container.config.json.
 * @see https://developers.weixin.qq.com/miniprogram/dev/wxcloudrun/src/development/weixin/
 */
export function cloudRunDatabase(env: NodeJS.ProcessEnv): { DATABASE_URL?: string } {
  const { WEIXIN_CLOUD_RUN, MYSQL_ADDRESS, MYSQL_USERNAME = '', MYSQL_PASSWORD = '' } = env;
  if (WEIXIN_CLOUD_RUN !== 'true' || !MYSQL_ADDRESS) return {};
  const login = [MYSQL_USERNAME, MYSQL_PASSWORD].map(encodeURIComponent).join(':');
  return { DATABASE_URL: `mysql://${login}@${MYSQL_ADDRESS}/${DATABASE}` };
}
