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
  | 'host_not_allowed'
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
  | 'push_not_configured'
  | 'push_signature_invalid'
  | 'push_stale'
  | 'push_forward_failed'
  | 'login_code_foreign'
  | 'deletion_pending'
  | 'deletion_not_requested'
  | 'deletion_ledger_unavailable'
  | 'consent_required'
  | 'consent_not_given'
  | 'token_missing'
  | 'token_expired'
  | 'token_invalid'
  | 'token_revoked'
  | 'refresh_token_invalid'
  | 'refresh_token_expired'
  | 'refresh_token_reused'
  | 'refresh_token_revoked'
  | 'session_not_found'
  | 'insufficient_scope'
  | 'user_not_found'
  | 'signing_key_not_found'
  | 'key_rotation_too_early'
  | 'user_disabled'
  | 'claims_invalid'
  | 'claim_reserved'
  | 'webhook_url_refused'
  | 'webhooks_exhausted'
  | 'operator_credentials_invalid'
  | 'operator_session_missing'
  | 'step_up_required'
  | 'origin_not_allowed'
  | 'invitation_invalid'
  | 'operator_name_taken'
  | 'operator_not_found'
  | 'last_owner'
  | 'service_account_not_found'
  | 'service_account_name_taken'
  | 'database_unavailable'
  | 'shutting_down'
  | 'internal_error';

/**
 * Every schema by its name.
 */
export interface Schemas {
  SessionResponse: SessionResponse;
  SessionListResponse: SessionListResponse;
  RefreshRequest: RefreshRequest;
  TokenPairResponse: TokenPairResponse;
  VerifyRequest: VerifyRequest;
  DeviceRequest: DeviceRequest;
  ConsentRequest: ConsentRequest;
  LoginRequest: LoginRequest;
  PendingDeletionResponse: PendingDeletionResponse;
  LoginResponse: LoginResponse;
  OpenDataRequest: OpenDataRequest;
  ProfileResponse: ProfileResponse;
  ChangeProfileRequest: ChangeProfileRequest;
  BindPhoneRequest: BindPhoneRequest;
  BindPhoneResponse: BindPhoneResponse;
  MergeRequest: MergeRequest;
  MergeResponse: MergeResponse;
  ReauthenticationRequest: ReauthenticationRequest;
  ExportResponse: ExportResponse;
  DeletionStateResponse: DeletionStateResponse;
  DeletionResponse: DeletionResponse;
  ConsentResponse: ConsentResponse;
  RequiredConsentResponse: RequiredConsentResponse;
  ConsentListResponse: ConsentListResponse;
  GiveConsentRequest: GiveConsentRequest;
  Problem: Problem;
  ProblemCode: ProblemCode;
}
export interface SessionResponse {
  id: string;
  /**
   * The mini-program of the login
   */
  appid: string;
  /**
   * The name of the device from the client, else its User-Agent
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
   * Whether it is the session of this request
   */
  current: boolean;
}
export interface SessionListResponse {
  /**
   * The last used first
   */
  sessions: SessionResponse[];
}
export interface RefreshRequest {
  /**
   * `refresh` of a login or of the last refresh
   */
  refresh: string;
}
export interface TokenPairResponse {
  /**
   * Access token: a JWT for `Authorization: Bearer …`.
   */
  access: string;
  /**
   * Refresh token: works once. Store the new one before you use it.
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
export interface VerifyRequest {
  /**
   * An access token
   */
  token: string;
}
export interface DeviceRequest {
  /**
   * An id that the client made and stores. A login with the same id replaces its session.
   */
  id: string;
  /**
   * The name that the user sees for the device.
   */
  name?: string;
}
export interface ConsentRequest {
  /**
   * What the user agrees to: lower-case letters, digits, `_` and `-`.
   */
  kind: string;
  /**
   * The version of its text: letters, digits, `.`, `_` and `-`.
   */
  version: string;
}
export interface LoginRequest {
  /**
   * The code of `wx.login()`. Required, except behind the gateway of WeChat Cloud Run. In the sandbox: `POST /sandbox/codes`, or `the code is a mock one`.
   */
  code?: string;
  /**
   * The mini-program of the code. Default: the first one of the service.
   */
  appid?: string;
  /**
   * `detail.code` of a getPhoneNumber button, of the same mini-program: binds the number in the same call.
   */
  phone_code?: string;
  device?: DeviceRequest;
  /**
   * The consents that the user gives with this login, those of `consent_required` for example.
   *
   * @maxItems 10
   */
  consents?:
    | []
    | [ConsentRequest]
    | [ConsentRequest, ConsentRequest]
    | [ConsentRequest, ConsentRequest, ConsentRequest]
    | [ConsentRequest, ConsentRequest, ConsentRequest, ConsentRequest]
    | [ConsentRequest, ConsentRequest, ConsentRequest, ConsentRequest, ConsentRequest]
    | [ConsentRequest, ConsentRequest, ConsentRequest, ConsentRequest, ConsentRequest, ConsentRequest]
    | [
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
      ]
    | [
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
      ]
    | [
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
      ]
    | [
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
        ConsentRequest,
      ];
  /**
   * Ignored. `wx.login()` returns it with `code`, so the client may send the whole result.
   */
  errMsg?: string;
}
export interface PendingDeletionResponse {
  /**
   * When the account is erased.
   */
  deletes_at: string;
}
export interface LoginResponse {
  /**
   * Access token: a JWT for `Authorization: Bearer …`.
   */
  access: string;
  /**
   * Refresh token: works once. Store the new one before you use it.
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
   * The deletion of the account that is pending. The login cancels nothing: `DELETE /api/me/deletion` does.
   */
  deletion?: PendingDeletionResponse;
  /**
   * The number of `phone_code`, masked.
   */
  phone?: string;
  /**
   * Why the number of `phone_code` was not bound: the code of a problem. The login succeeded anyway.
   */
  phone_problem?: string;
}
export interface OpenDataRequest {
  /**
   * base64 of whole blocks of 16 bytes. In the sandbox: `POST /sandbox/open-data`.
   */
  encryptedData: string;
  /**
   * base64 of 16 bytes.
   */
  iv: string;
  /**
   * Exactly the text that WeChat returned, together with `signature`.
   */
  rawData?: string;
  /**
   * SHA-1 in lower-case hex, together with `rawData`.
   */
  signature?: string;
}
export interface ProfileResponse {
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
export interface ChangeProfileRequest {
  /**
   * The name that others see. Stored in Unicode form NFC. One character must be visible. Control characters and characters that change the direction of text are refused. `null` removes it.
   */
  nickname?: string | null;
  /**
   * An https address at one of `AVATAR_HOSTS`, without user and port. The service never fetches it. `null` removes it.
   */
  avatar_url?: string | null;
}
export interface BindPhoneRequest {
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
export interface BindPhoneResponse {
  /**
   * The number that is bound now, masked.
   */
  phone: string;
}
export interface MergeRequest {
  /**
   * Whose document remains: your own, or that of the other user. The other document is deleted.
   */
  keep: 'mine' | 'other';
  /**
   * The code of `wx.login()` in the mini-program where you are the other user. Without it, the other user is the oldest one who has a unionid that you have too.
   */
  code?: string;
  /**
   * The mini-program of the code. Default: the first one of the service.
   */
  appid?: string;
}
export interface MergeResponse {
  /**
   * Your id, as before.
   */
  user_id: string;
  /**
   * The id of the other user, which no login leads to any more.
   */
  merged_user_id: string;
  /**
   * Version of the document, above both before; the ETag too.
   */
  version: number;
}
export interface ReauthenticationRequest {
  /**
   * A new code of `wx.login()` of the same person. Required, except behind the gateway of WeChat Cloud Run.
   */
  code?: string;
  /**
   * The mini-program of the code. Default: that of the session.
   */
  appid?: string;
}
export interface ExportResponse {
  /**
   * Id of the user in this service.
   */
  user_id: string;
  exported_at: string;
  /**
   * Everything stored of the user: rows by the name of their table, without session_key, hashes and keys. A table without a row is left out.
   */
  tables: {
    [k: string]: {}[];
  };
}
export interface DeletionStateResponse {
  /**
   * When the account is erased; `null` if no deletion is pending.
   */
  deletes_at: string | null;
  /**
   * Days between a request and the erasure.
   */
  cooling_off_days: number;
}
export interface DeletionResponse {
  /**
   * When the account is erased. Until then it can be cancelled.
   */
  deletes_at: string;
}
export interface ConsentResponse {
  kind: string;
  version: string;
  /**
   * In a login, or later.
   */
  channel: 'login' | 'account';
  /**
   * The mini-program in which it was given.
   */
  appid: string;
  given_at: string;
  /**
   * `null` while it is given.
   */
  withdrawn_at: string | null;
}
export interface RequiredConsentResponse {
  kind: string;
  version: string;
}
export interface ConsentListResponse {
  /**
   * Every consent that the user gave, the oldest first.
   */
  items: ConsentResponse[];
  /**
   * The consents that a login needs now.
   */
  required: RequiredConsentResponse[];
}
export interface GiveConsentRequest {
  /**
   * The version of its text: letters, digits, `.`, `_` and `-`.
   */
  version: string;
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
   * Id of this occurrence in the log
   */
  instance?: string;
  /**
   * With `validation_failed`
   */
  errors?: string[];
  /**
   * The errcode of WeChat
   */
  weixin_errcode?: number;
  /**
   * The id of the call for WeChat’s support
   */
  weixin_rid?: string;
  /**
   * With `consent_required`: the consents that are missing: `kind` and `version` of each
   */
  required?: {
    kind: string;
    version: string;
  }[];
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
  '/api/sessions': {
    GET: { answer: SessionListResponse };
    DELETE: { answer: Readonly<Record<string, unknown>> };
  };
  [path: `/api/sessions/${string}`]: { DELETE: { answer: Readonly<Record<string, unknown>> } };
  '/api/token/refresh': { POST: { body: RefreshRequest; answer: TokenPairResponse } };
  '/api/token/verify': { POST: { body: VerifyRequest; answer: Readonly<Record<string, unknown>> } };
  '/api/token/blacklist': { POST: { body: RefreshRequest; answer: Readonly<Record<string, unknown>> } };
  '/api/weixin/login': { POST: { body: LoginRequest; answer: LoginResponse } };
  '/api/weixin/open-data': { POST: { body: OpenDataRequest; answer: Readonly<Record<string, unknown>> } };
  '/api/weixin/data': {
    GET: { answer: Readonly<Record<string, unknown>> };
    POST: { body: Readonly<Record<string, unknown>>; answer: Readonly<Record<string, unknown>> };
  };
  '/api/me': {
    GET: { answer: ProfileResponse };
    PUT: { body: ChangeProfileRequest; answer: ProfileResponse };
  };
  '/api/me/phone': { POST: { body: BindPhoneRequest; answer: BindPhoneResponse } };
  '/api/me/merge': { POST: { body: MergeRequest; answer: MergeResponse } };
  '/api/me/export': { POST: { body: ReauthenticationRequest; answer: ExportResponse } };
  '/api/me/deletion': {
    GET: { answer: DeletionStateResponse };
    POST: { body: ReauthenticationRequest; answer: DeletionResponse };
    DELETE: { answer: Readonly<Record<string, unknown>> };
  };
  '/api/me/consents': { GET: { answer: ConsentListResponse } };
  [path: `/api/me/consents/${string}`]: {
    PUT: { body: GiveConsentRequest; answer: ConsentListResponse };
    DELETE: { answer: Readonly<Record<string, unknown>> };
  };
}
