import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PATHS = [
  process.env['CHROMIUM_PATH'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

let started: Promise<Browser> | undefined;

/** Returns the one Chromium of all files. It ends with the process of the tests, whose pipe it reads. */
export function sharedChromium(): Promise<Browser> {
  started ??= launch();
  return started;
}

/** Starts Chromium without a window. */
function launch(): Promise<Browser> {
  const executablePath = PATHS.find(existsSync);
  if (!executablePath) {
    throw new Error('Chromium is missing: `apt-get install chromium`, or set CHROMIUM_PATH to yours');
  }
  return chromium.launch({
    executablePath,
    // Chromium's own sandbox does not work for root, as which a CI's container runs.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}
