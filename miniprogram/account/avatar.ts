import { uploadAvatar } from '../config';
import { readIfPossible, userKey, write } from '../storage';
import { saveAvatarUrl } from './profile';

const NAME = 'avatar';

/** Returns the path of the picture that this phone has stored for the user, `''` if there is none. */
export function keptAvatar(userId: string): string {
  const path = readIfPossible(userKey(NAME, userId));
  return typeof path === 'string' ? path : '';
}

/**
 * Stores the picture of `chooseAvatar`: by `uploadAvatar` of `config.ts` if it is defined, otherwise in the files of the
 * mini-program on this phone, because the temporary path is valid for this launch only.
 * @returns the path or address of the stored picture
 * @throws {Problem} as `saveAvatarUrl`; also any error of `uploadAvatar`
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
    // Without a file system, or if it is full, the picture is available as long as its temporary path.
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
