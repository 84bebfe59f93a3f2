import { deviceFunctions } from './device.js';
import { dialogFunctions } from './dialogs.js';
import { fileFunctions } from './files.js';
import { loginFunctions } from './login.js';
import { navigationFunctions } from './navigation.js';
import { networkFunctions } from './network.js';
import { privacyFunctions } from './privacy.js';
import { request } from './request.js';
import { storageFunctions } from './storage.js';
import { toastFunctions } from './toast.js';
import { uploadFile } from './upload.js';

/** The `wx` of this phone. What it lacks is undefined, as on a phone that is too old for it. */
export const wx = {
  ...deviceFunctions,
  ...dialogFunctions,
  ...fileFunctions,
  ...loginFunctions,
  ...navigationFunctions,
  ...networkFunctions,
  ...privacyFunctions,
  ...storageFunctions,
  ...toastFunctions,
  request,
  uploadFile,
  nextTick: (callback: () => void) => {
    queueMicrotask(callback);
  },
};
