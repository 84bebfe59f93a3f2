import { applyDecorators } from '@nestjs/common';
import { IsString, Length, Matches } from 'class-validator';

// These rules run before a session_key is used, so that a refusal reveals nothing about the decrypted data.

/** At least one block of 16 bytes: three blocks are 64 characters of base64. */
const BLOCKS = /^(?:[A-Za-z0-9+/]{64})*(?:[A-Za-z0-9+/]{64}|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{22}==)$/;
const ONE_BLOCK = /^[A-Za-z0-9+/]{22}==$/;
const SHA1 = /^[0-9a-f]{40}$/;

/** Validates `encryptedData` of WeChat: base64 of whole blocks of 16 bytes, at most 8192 characters. */
export const IsEncryptedData = () =>
  ofForm(8192, BLOCKS, 'base64 of whole blocks of 16 bytes (a space is a lost +)');

/** Validates `iv` of WeChat: base64 of 16 bytes. */
export const IsIv = () => ofForm(64, ONE_BLOCK, 'base64 of 16 bytes (a space is a lost +)');

/** Validates `signature` of WeChat's `rawData`: SHA-1 in lower-case hexadecimal. */
export const IsRawDataSignature = () => ofForm(64, SHA1, '40 lower-case hexadecimal digits');

const ofForm = (maxLength: number, form: RegExp, words: string) =>
  applyDecorators(IsString(), Length(1, maxLength), Matches(form, { message: `$property must be ${words}` }));
