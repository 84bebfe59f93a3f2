import { appFunctions } from './app-events.js';
import { deviceFunctions } from './device.js';
import { dialogFunctions } from './dialogs.js';
import { downloadFile } from './download.js';
import { fileFunctions } from './files.js';
import { reportingLacks } from './lacks.js';
import { loginFunctions } from './login.js';
import { navigationFunctions } from './navigation.js';
import { networkFunctions } from './network.js';
import { privacyFunctions } from './privacy.js';
import { request } from './request.js';
import { queryFunctions } from './selector-query.js';
import { storageFunctions } from './storage.js';
import { toastFunctions } from './toast.js';
import { uploadFile } from './upload.js';

/** All that `wx` has here. docs/sandbox.md lists it. */
export const functions = {
  ...appFunctions,
  ...deviceFunctions,
  ...dialogFunctions,
  ...fileFunctions,
  ...loginFunctions,
  ...navigationFunctions,
  ...networkFunctions,
  ...privacyFunctions,
  ...queryFunctions,
  ...storageFunctions,
  ...toastFunctions,
  downloadFile,
  request,
  uploadFile,
  nextTick: (callback: () => void) => {
    queueMicrotask(callback);
  },
  /** @param schema `login`, `request.object.method`, `button.open-type`; only its first name is looked up */
  canIUse: (schema: string): boolean => {
    const [name = ''] = schema.split('.');
    return Object.hasOwn(functions, name) || customElements.get(`wx-${name}`) !== undefined;
  },
};

/** The `wx` of this phone. What it lacks is undefined, as on a phone that is too old for it, and is reported. */
export const wx = reportingLacks('wx', functions);
