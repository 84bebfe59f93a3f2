/** The words of the mini-programs. */
export const apps = {
  title: 'Apps',
  text: 'The mini-programs that can log in here. They come from WEIXIN_APPID or WEIXIN_APPS_FILE, and are not changed here.',
  empty: 'No mini-program is configured.',
  columns: { appid: 'appid', name: 'Name' },
};
