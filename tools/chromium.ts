/**
 * A Chromium for the browser tests that needs no system package: the binary of @sparticuz/chromium with the libraries
 * that package carries, and a font list of our own. `CHROMIUM_PATH` takes another browser instead.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';

const require = createRequire(import.meta.url);
const cache = fileURLToPath(new URL('../.cache/', import.meta.url));

/**
 * The package unpacks to the system's temporary folder and takes any file that already lies there, reads that folder's
 * name past jest's copy of the environment, and unpacks its libraries only where it believes to run on Lambda. In a
 * process of its own all three can be said.
 */
const unpack =
  "const { default: chromium } = await import('@sparticuz/chromium'); chromium.setGraphicsMode = false; await chromium.executablePath();";

/** A browser without any font refuses every web font and then stops, so it is shown one. */
const fontList = (fonts: string, kept: string): string =>
  `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig><dir>${fonts}</dir><cachedir>${kept}</cachedir></fontconfig>\n`;

/** Unpacks the browser once a version (3 s, 200 MB) and returns its folder. Several processes may ask at the same time. */
export function ensureChromium(): string {
  const entry = require.resolve('@sparticuz/chromium');
  const root = entry.slice(
    0,
    entry.lastIndexOf(path.join('@sparticuz', 'chromium')) + '@sparticuz/chromium'.length,
  );
  const about = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const folder = path.join(cache, `chromium-${about.version}`);
  if (fs.existsSync(folder)) return folder;

  const own = `${folder}.${String(process.pid)}`;
  fs.mkdirSync(own, { recursive: true });
  const environment = { ...process.env, NODE_OPTIONS: '', TMPDIR: own, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' };
  execFileSync(process.execPath, ['--input-type=module', '-e', unpack], {
    cwd: path.dirname(cache),
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const fonts = path.dirname(
    require.resolve('@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf'),
  );
  fs.writeFileSync(path.join(own, 'fonts.conf'), fontList(fonts, path.join(folder, 'fontconfig')));
  try {
    fs.renameSync(own, folder);
  } catch (error) {
    // Somebody else was first; any other reason is a real fault.
    fs.rmSync(own, { recursive: true, force: true });
    if (!fs.existsSync(folder)) throw error;
  }
  return folder;
}

/** Starts the browser. The caller closes it. */
export async function launchChromium(): Promise<Browser> {
  // Late, because it takes a second and a global setup needs only `ensureChromium`.
  const { chromium } = await import('playwright-core');
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined && given !== '')
    return chromium.launch({ executablePath: given, chromiumSandbox: false });
  const folder = ensureChromium();
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return chromium.launch({
    executablePath: path.join(folder, 'chromium'),
    chromiumSandbox: false,
    args: ['--disable-gpu'],
    env: {
      ...Object.fromEntries(kept),
      LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'),
      FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
    },
  });
}
