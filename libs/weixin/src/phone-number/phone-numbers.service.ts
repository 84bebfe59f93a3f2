import { Injectable } from '@nestjs/common';
import type { WeixinApp } from '@app/config';
import { Problem } from '@app/problem';
import {
  AuthorizedApiService,
  PHONE_NUMBER_PROBLEMS,
  type WeixinAnswer,
  WeixinApiService,
} from '@app/weixin-api';
import { SessionKeyVaultService } from '../session-key/session-key-vault.service.js';
import { e164Of } from './e164.js';

const PATH = '/wxa/business/getuserphonenumber';

/** The result of a getPhoneNumber button: a code, or encrypted data from older base libraries. */
export type PhoneProof =
  | { readonly app: WeixinApp; readonly code: string }
  | { readonly identityId: string; readonly encryptedData: string; readonly iv: string };

/** Gets phone numbers from WeChat. */
@Injectable()
export class PhoneNumbersService {
  constructor(
    private readonly authorizedApi: AuthorizedApiService,
    private readonly api: WeixinApiService,
    private readonly vault: SessionKeyVaultService,
  ) {}

  /**
   * Returns the number of a proof in E.164. A code lives five minutes and works once. WeChat charges for each number.
   * @throws {Problem} `phone_code_invalid`, what {@link AuthorizedApiService.call} throws, `weixin_unavailable` for
   * an answer without a number of this app; for encrypted data `session_key_stale` and `validation_failed`
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber.html
   */
  async numberOf(proof: PhoneProof): Promise<string> {
    return 'code' in proof ? this.ofCode(proof.app, proof.code) : this.ofOpenData(proof);
  }

  private async ofCode(app: WeixinApp, code: string): Promise<string> {
    const { phone_info: info } = await this.authorizedApi.call(app, {
      method: 'POST',
      path: PATH,
      body: { code },
      problems: PHONE_NUMBER_PROBLEMS,
    });
    const e164 = isObject(info) && isOf(app.appid, info) ? e164Of(info) : undefined;
    if (e164 === undefined)
      throw this.api.unusableAnswer(PATH, 'phone_info is missing, malformed or of another app');
    return e164;
  }

  private async ofOpenData(proof: Exclude<PhoneProof, { code: string }>): Promise<string> {
    const { identityId, encryptedData, iv } = proof;
    const e164 = e164Of(await this.vault.decryptOpenData(identityId, encryptedData, iv));
    if (e164 !== undefined) return e164;
    throw new Problem('validation_failed', { members: { errors: ['encryptedData holds no phone number'] } });
  }
}

const isObject = (value: unknown): value is WeixinAnswer => typeof value === 'object' && value !== null;

const isOf = (appid: string, { watermark }: WeixinAnswer) =>
  isObject(watermark) && watermark['appid'] === appid;
