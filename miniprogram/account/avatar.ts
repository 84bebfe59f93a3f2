import { uploadAvatar } from '../config';
import { readIfPossible, userKey, write } from '../storage';
import { saveAvatarUrl } from './profile';

const NAME = 'avatar';

/** The picture that this phone keeps for the user, `''` when there is none. */
export function keptAvatar(userId: string): string {
  const path = readIfPossible(userKey(NAME, userId));
  return typeof path === 'string' ? path : '';
}

/**
 * Takes over the picture that `chooseAvatar` gave: to the developer's storage where `config.ts` names one, else to the
 * files of the mini-program on this phone, because the temporary path does not outlive it.
 * @returns where the picture is now
 * @throws {Problem} as `saveAvatarUrl`; whatever `uploadAvatar` throws
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/userProfile.html
 */
export async function takeAvatar(userId: string, temporaryPath: string): Promise<string> {
  if (uploadAvatar) return (await saveAvatarUrl(userId, await uploadAvatar(temporaryPath))).avatarUrl;
  const path = await saved(temporaryPath);
  write(userKey(NAME, userId), path);
  return path;
}

function saved(temporaryPath: string): Promise<string> {
  return new Promise((resolve) => {
    // Where there is no file system, or no room in it, the picture lives as long as its temporary path.
    const keepTemporary = () => {
      resolve(temporaryPath);
    };
    if (!('getFileSystemManager' in wx)) keepTemporary();
    else {
      wx.getFileSystemManager().saveFile({
        tempFilePath: temporaryPath,
        success: ({ savedFilePath }) => {
          resolve(savedFilePath);
        },
        fail: keepTemporary,
      });
    }
  });
}
