import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import express, { Router } from 'express';

const require = createRequire(import.meta.url);
const own = (name: string): string => fileURLToPath(new URL(`assets/${name}`, import.meta.url));
const fontFolder = path.dirname(require.resolve('@fontsource/biz-udpgothic/package.json'));

/** The style sheet is kept in pieces that can each be read in one sitting, and served as one. */
const css = 'text/css; charset=utf-8';
const js = 'text/javascript; charset=utf-8';
const sources = {
  'tokens.css': [css, require.resolve('@digital-go-jp/design-tokens/dist/tokens.css')],
  'font-400.css': [css, path.join(fontFolder, '400.css')],
  'font-700.css': [css, path.join(fontFolder, '700.css')],
  'app.css': [
    css,
    ...[
      'base',
      'frame',
      'form',
      'desk',
      'buttons',
      'parts',
      'marks',
      'pieces',
      'found',
      'scan',
      'entries',
      'narrow',
      'print',
    ].map((part) => own(`${part}.css`)),
  ],
  'enhance.js': [js, own('enhance.js')],
  'signature.js': [js, own('signature.js')],
  'asking.js': [js, own('asking.js')],
  'keeping.js': [js, own('keeping.js')],
  'passkey.js': [js, own('passkey.js')],
  'try.js': [js, own('try.js')],
  // The library's own file for browsers, so that nothing is fetched from elsewhere.
  'webauthn.js': [
    js,
    path.join(path.dirname(require.resolve('@simplewebauthn/browser')), '../dist/bundle/index.umd.min.js'),
  ],
  'favicon.svg': ['image/svg+xml', own('favicon.svg')],
  // For the few kanji of names that BIZ UDPGothic lacks (𠮷); fetched only by a page that shows one.
  'rare-kanji.ttf': [
    'font/ttf',
    require.resolve('@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf'),
  ],
} as const satisfies Record<string, readonly [type: string, ...files: string[]]>;

export type AssetName = keyof typeof sources;
const names = Object.keys(sources) as AssetName[];
const contentOf = (name: AssetName): Buffer =>
  Buffer.concat(sources[name].slice(1).map((one) => fs.readFileSync(one)));
const hashes = new Map(
  names.map((name) => [name, createHash('sha256').update(contentOf(name)).digest('base64url').slice(0, 10)]),
);

/** The asset's address with a hash of its content, so that browsers may keep it for ever. */
export const assetUrl = (name: AssetName): string => `/assets/${name}?v=${hashes.get(name) ?? ''}`;

const forEver = 'public, max-age=31536000, immutable';

/** Serves `/assets/`: style sheets, scripts, the web font. Nothing personal, so it needs no sign-in. */
export function assets(): Router {
  const router = Router();
  for (const name of names) {
    const [type] = sources[name];
    const bytes = contentOf(name);
    const zipped = gzipSync(bytes);
    router.get(`/assets/${name}`, (req, res) => {
      const zip = req.acceptsEncodings('gzip') === 'gzip';
      res
        .setHeader('Content-Type', type)
        .setHeader('Cache-Control', forEver)
        .setHeader('Vary', 'Accept-Encoding');
      if (zip) res.setHeader('Content-Encoding', 'gzip');
      res.end(zip ? zipped : bytes);
    });
  }
  // The font's style sheets name their files relative to themselves.
  const fontFiles = express.static(path.join(fontFolder, 'files'), {
    maxAge: '1y',
    immutable: true,
    index: false,
  });
  return router.use('/assets/files', fontFiles);
}
