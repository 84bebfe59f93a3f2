export type {
  LoginResponse,
  ProblemCode,
  ProfileResponse,
  Routes,
  Schemas,
  SessionResponse,
  SessionListResponse,
  TokenPairResponse,
} from './api-types.js';
export type { AuthChange, AuthListener, User } from './events.js';
export type { Call, CallOptions, Method, Pending } from './call.js';
export type { Answer } from './exchange.js';
export type { Log, LogDetails, LogEvent } from './log.js';
export { createPassport } from './passport.js';
export type { Passport, PassportOptions } from './passport-types.js';
export type { Port, PortFunction, TokenStorage } from './port.js';
export { Problem } from './problem.js';
export type { ClientCode } from './problem.js';
export type { LoginOptions, LoginResult } from './renewal.js';

export type { PortCall, Starter } from './wire.js';
