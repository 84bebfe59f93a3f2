const pathOfFile = () => `${wx.env.USER_DATA_PATH}/my-data.json`;

/**
 * Writes the data of the user into the one file for it, in the folder of the mini-program on this phone.
 * @throws {Error} with WeChat's reason, such as a full folder
 */
export function writeDataFile(data: string): Promise<void> {
  return new Promise((resolve, reject) => {
    wx.getFileSystemManager().writeFile({
      filePath: pathOfFile(),
      data,
      encoding: 'utf8',
      success: () => {
        resolve();
      },
      fail: ({ errMsg }) => {
        reject(new Error(errMsg));
      },
    });
  });
}

/**
 * Sends the file to a chat that the user chooses. WeChat allows it in the handler of a tap only, so not after a request.
 * `wx.openDocument` is no alternative: it opens PDF and Office documents.
 * @returns false if it was not sent, also if the user has cancelled
 * @see https://developers.weixin.qq.com/miniprogram/dev/api/share/wx.shareFileMessage.html
 */
export function sendDataFile(): Promise<boolean> {
  return new Promise((resolve) => {
    wx.shareFileMessage({
      filePath: pathOfFile(),
      fileName: '我的数据.json',
      success: () => {
        resolve(true);
      },
      fail: (error) => {
        console.warn(error);
        resolve(false);
      },
    });
  });
}

/** Removes the file, if there is one. */
export function removeDataFile(): void {
  if (!('getFileSystemManager' in wx)) return;
  wx.getFileSystemManager().unlink({ filePath: pathOfFile(), fail: () => undefined });
}
