// What `mini-program:code` is: the mini-program, compiled by scripts/phone/mini-program.mjs.
import type { template } from 'glass-easel';
import type { AppJson, PartJson, Theme } from './runtime/app-json.js';

/** app.json as it is. */
export const app: AppJson;
/** The pictures of the mini-program by their path from its root, as data URLs. */
export const pictures: Readonly<Record<string, string>>;
/** theme.json as it is, or empty. */
export const theme: Theme;
/** Runs app.ts, which calls `App()`. */
export const runApp: () => void;
/** Every page and component by its path. `scope` sets its classes apart; `run` runs its script: `Component()`. */
export const parts: Readonly<Record<string, { scope: string; json: PartJson; run: () => void }>>;
/** The compiled WXML by the same path. */
export const templates: Record<string, NonNullable<template.ComponentTemplate['content']>>;
