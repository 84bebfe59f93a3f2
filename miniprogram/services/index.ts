export type { ProfileDto, SessionDto, SessionListDto } from './api-types';
export { explain, Problem } from './errors';
export { request, upload } from './request';
export type { Answer, Call, FileCall } from './send';
export { currentUser, login, logout, ready } from './session';
export type { User } from './session';
