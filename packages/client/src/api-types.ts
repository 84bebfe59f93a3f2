/*
 * The bodies that the service takes and gives. Generated from docs/openapi.json by `npm run docs`: do not edit.
 */

/**
 * A stable code of docs/errors.md.
 */
export type ProblemCode =
  | 'validation_failed'
  | 'not_found'
  | 'method_not_allowed'
  | 'precondition_failed'
  | 'request_timeout'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'headers_too_large'
  | 'rate_limited'
  | 'app_unknown'
  | 'login_code_invalid'
  | 'login_code_used'
  | 'login_blocked'
  | 'login_rate_limited'
  | 'weixin_busy'
  | 'weixin_timeout'
  | 'weixin_unavailable'
  | 'weixin_misconfigured'
  | 'session_key_stale'
  | 'phone_code_invalid'
  | 'phone_bindings_exhausted'
  | 'phone_binding_disabled'
  | 'nickname_refused'
  | 'merge_target_missing'
  | 'token_missing'
  | 'token_expired'
  | 'token_invalid'
  | 'token_revoked'
  | 'refresh_token_invalid'
  | 'refresh_token_expired'
  | 'refresh_token_reused'
  | 'refresh_token_revoked'
  | 'session_not_found'
  | 'user_disabled'
  | 'database_unavailable'
  | 'shutting_down'
  | 'internal_error';

/**
 * Every schema by its name.
 */
export interface Schemas {
  SessionDto: SessionDto;
  SessionListDto: SessionListDto;
  RefreshDto: RefreshDto;
  TokenPair: TokenPair;
  VerifyDto: VerifyDto;
  DeviceDto: DeviceDto;
  LoginDto: LoginDto;
  LoginAnswer: LoginAnswer;
  OpenDataDto: OpenDataDto;
  ProfileDto: ProfileDto;
  ChangeProfileDto: ChangeProfileDto;
  BindPhoneDto: BindPhoneDto;
  BoundPhoneDto: BoundPhoneDto;
  MergeDto: MergeDto;
  MergeAnswer: MergeAnswer;
  Problem: Problem;
  ProblemCode: ProblemCode;
}
export interface SessionDto {
  id: string;
  /**
   * The mini-program of the login
   */
  appid: string;
  /**
   * The name the client gave its device, else its User-Agent
   */
  device: string | null;
  /**
   * Masked
   */
  ip: string | null;
  created_at: string;
  /**
   * When it was last refreshed
   */
  last_used_at: string;
  expires_at: string;
  /**
   * Whether it is the session of this very request
   */
  current: boolean;
}
export interface SessionListDto {
  /**
   * The last used first
   */
  sessions: SessionDto[];
}
export interface RefreshDto {
  /**
   * `refresh` of a login or of the last refresh
   */
  refresh: string;
}
export interface TokenPair {
  /**
   * Access token: a JWT for `Authorization: Bearer …`.
   */
  access: string;
  /**
   * Refresh token: works once. Store the one of the answer before you use it.
   */
  refresh: string;
  token_type: string;
  /**
   * Seconds until `access` expires.
   */
  expires_in: number;
  /**
   * Seconds until `refresh` expires if it is not used.
   */
  refresh_expires_in: number;
}
export interface VerifyDto {
  /**
   * An access token
   */
  token: string;
}
export interface DeviceDto {
  /**
   * An id the client made and keeps. A login with the same one replaces its session.
   */
  id: string;
  /**
   * What people call the device.
   */
  name?: string;
}
export interface LoginDto {
  /**
   * What `wx.login()` gave. Needed, except behind the gateway of WeChat Cloud Run. In the sandbox: `POST /sandbox/codes`, or `the code is a mock one`.
   */
  code?: string;
  /**
   * The mini-program the code is of. Default: the first one of the service.
   */
  appid?: string;
  /**
   * `detail.code` of a getPhoneNumber button, of the same mini-program: binds the number in the same call.
   */
  phone_code?: string;
  device?: DeviceDto;
  /**
   * Ignored. `wx.login()` gives it beside `code`, so its whole result may be sent.
   */
  errMsg?: string;
}
export interface LoginAnswer {
  /**
   * Access token: a JWT for `Authorization: Bearer …`.
   */
  access: string;
  /**
   * Refresh token: works once. Store the one of the answer before you use it.
   */
  refresh: string;
  token_type: string;
  /**
   * Seconds until `access` expires.
   */
  expires_in: number;
  /**
   * Seconds until `refresh` expires if it is not used.
   */
  refresh_expires_in: number;
  code: string;
  /**
   * Id of the user in this service.
   */
  user_id: string;
  /**
   * True in exactly one answer per user: the one whose login made the user.
   */
  is_new_user: boolean;
  /**
   * The number of `phone_code`, masked.
   */
  phone?: string;
  /**
   * Why the number of `phone_code` is not bound: the code of a problem. The login stands all the same.
   */
  phone_problem?: string;
}
export interface OpenDataDto {
  /**
   * base64 of whole blocks of 16 bytes. In the sandbox: `POST /sandbox/open-data`.
   */
  encryptedData: string;
  /**
   * base64 of 16 bytes.
   */
  iv: string;
  /**
   * Exactly the text that WeChat gave, together with `signature`.
   */
  rawData?: string;
  /**
   * SHA-1 in lower-case hex, together with `rawData`.
   */
  signature?: string;
}
export interface ProfileDto {
  /**
   * Id of the user in this service, `sub` of the tokens.
   */
  user_id: string;
  nickname: string | null;
  avatar_url: string | null;
  /**
   * The phone number that is bound, masked. `POST /api/me/phone` binds one.
   */
  phone: string | null;
  /**
   * When the user first logged in.
   */
  created_at: string;
}
export interface ChangeProfileDto {
  /**
   * What others call the user. Stored in Unicode form NFC. Must show something; control characters and what turns the direction of text are refused. `null` removes it.
   */
  nickname?: string | null;
  /**
   * An https address at one of `AVATAR_HOSTS`, without user and port. The service never fetches it. `null` removes it.
   */
  avatar_url?: string | null;
}
export interface BindPhoneDto {
  /**
   * `detail.code` of a getPhoneNumber button. In the sandbox: `POST /sandbox/phone-codes`.
   */
  code?: string;
  /**
   * `detail.encryptedData`, in place of `code`, from base libraries before 2.21.2: base64 of whole blocks of 16 bytes.
   */
  encryptedData?: string;
  /**
   * `detail.iv`, together with `encryptedData`: base64 of 16 bytes.
   */
  iv?: string;
}
export interface BoundPhoneDto {
  /**
   * The number that is bound now, masked.
   */
  phone: string;
}
export interface MergeDto {
  /**
   * Whose document the merged user has: your own, or that of the other user. The other one is gone.
   */
  keep: 'mine' | 'other';
  /**
   * What `wx.login()` gives in the mini-program where you are the other user. Without it, the other user is one who has a unionid that you have too; of several, the oldest.
   */
  code?: string;
  /**
   * The mini-program the code is of. Default: the first one of the service.
   */
  appid?: string;
}
export interface MergeAnswer {
  /**
   * Your id, as before.
   */
  user_id: string;
  /**
   * The id of the other user, which is no more.
   */
  merged_user_id: string;
  /**
   * Version of the document, above both before; the ETag too.
   */
  version: number;
}
/**
 * RFC 9457. See docs/errors.md for the cause and the fix of every code.
 */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail?: string;
  /**
   * Names this occurrence in the log
   */
  instance?: string;
  /**
   * With `validation_failed`
   */
  errors?: string[];
  /**
   * What WeChat said
   */
  weixin_errcode?: number;
  /**
   * What WeChat’s support asks for
   */
  weixin_rid?: string;
  /**
   * With `refresh_token_revoked`: who ended the session: `user` (from another device), `operator`, or `deletion` (the account is being deleted). Treat a value that you do not know like `operator`
   */
  ended_by?: 'user' | 'operator' | 'deletion';
  /**
   * With `refresh_token_revoked`: when it was ended, ISO 8601 in UTC
   */
  ended_at?: string;
}
/** Every route by its path and method: the body that it takes and that of its answer. */
export interface Routes {
  '/api/sessions': { GET: { answer: SessionListDto }; DELETE: { answer: Readonly<Record<string, unknown>> } };
  [path: `/api/sessions/${string}`]: { DELETE: { answer: Readonly<Record<string, unknown>> } };
  '/api/token/refresh': { POST: { body: RefreshDto; answer: TokenPair } };
  '/api/token/verify': { POST: { body: VerifyDto; answer: Readonly<Record<string, unknown>> } };
  '/api/token/blacklist': { POST: { body: RefreshDto; answer: Readonly<Record<string, unknown>> } };
  '/api/weixin/login': { POST: { body: LoginDto; answer: LoginAnswer } };
  '/api/weixin/open-data': { POST: { body: OpenDataDto; answer: Readonly<Record<string, unknown>> } };
  '/api/weixin/data': {
    GET: { answer: Readonly<Record<string, unknown>> };
    POST: { body: Readonly<Record<string, unknown>>; answer: Readonly<Record<string, unknown>> };
  };
  '/api/me': { GET: { answer: ProfileDto }; PUT: { body: ChangeProfileDto; answer: ProfileDto } };
  '/api/me/phone': { POST: { body: BindPhoneDto; answer: BoundPhoneDto } };
  '/api/me/merge': { POST: { body: MergeDto; answer: MergeAnswer } };
}
