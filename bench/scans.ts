// npm run bench:scans: pages of our own sheets, worn as faxes and scanners wear them, and how many of them are known again.
import { invitationLetters } from '../src/documents/invitation-letter.ts';
import { listSheet } from '../src/documents/session-calendar.ts';
import { consentForm } from '../src/documents/consent-form.ts';
import { sheetIdOf, type PageCode } from '../src/documents/page-code.ts';
import { questionnaireSheet } from '../src/documents/questionnaire-sheet.ts';
import { referralSheet } from '../src/documents/referral-sheet.ts';
import { reportBack } from '../src/documents/report-back.ts';
import { requestSheet } from '../src/documents/request-sheet.ts';
import type { Grey } from '../src/scans/recognise/bitmap.ts';
import type { RecognisedPage, ScanKind } from '../src/scans/recognise/page.ts';
import { makeRecognise } from '../src/scans/recognise/recognise.ts';
import * as examples from '../test/documents/examples.ts';
import * as groups from '../test/documents/group-examples.ts';
import { arrived, dice, jpegFile, pdfOf, pngFile, printed, tiffOf, type Way } from '../test/scans/paper.ts';
import { load, machine } from './machine.ts';

const wanted = Number(process.env['BENCH_PAGES'] ?? 200);
const random = dice(Number(process.env['BENCH_SEED'] ?? 2026));
const perFile = 10;

const sheets: readonly ((sheetId: string) => Promise<Buffer>)[] = [
  (sheetId) => questionnaireSheet({ ...examples.questionnaire, sheetId }),
  (sheetId) => questionnaireSheet({ ...examples.answered, sheetId }),
  (sheetId) => consentForm({ ...examples.blankConsent, sheetId }),
  (sheetId) => referralSheet({ ...examples.referral, sheetId }),
  (sheetId) => requestSheet({ ...examples.request, sheetId }),
  (sheetId) => reportBack({ ...examples.report, sheetId }),
  (sheetId) =>
    invitationLetters({
      ...groups.letters,
      letters: groups.letters.letters.slice(0, 1).map((one) => ({ ...one, sheetId })),
    }),
  (sheetId) => listSheet({ ...groups.attendance, sheetId }),
];

type Sent = Readonly<{ page: Grey; code: PageCode; kind: number }>;

/** Five of each sheet, each with a code of its own. */
async function stack(): Promise<readonly Sent[]> {
  const all: Sent[] = [];
  for (const [i, draw] of sheets.entries())
    for (let copy = 0; copy < 5; copy++) {
      const sheet = sheetIdOf(
        Array.from({ length: 15 }, () => Math.floor(random() * 16).toString(16)).join(''),
      );
      const pages = await printed(await draw(sheet));
      all.push(
        ...pages.map((page, n) => ({ page, kind: i + 1, code: { sheet, page: n + 1, pages: pages.length } })),
      );
      console.error(`  sheet ${String(i + 1)} of ${String(sheets.length)}, copy ${String(copy + 1)}`);
    }
  return all;
}

const between = (low: number, high: number): number => low + random() * (high - low);
const oneOf = <T>(...of: readonly [T, ...T[]]): T => of[Math.floor(random() * of.length)] ?? of[0];

type Machine = 'coarse fax' | 'fine fax' | 'scanner';
const kindsOf: Readonly<Record<Machine, readonly ScanKind[]>> = {
  'coarse fax': ['tiff', 'pdf'],
  'fine fax': ['tiff', 'pdf'],
  scanner: ['pdf', 'png', 'jpeg'],
};

function wayThrough(by: Machine): Way {
  const lie = { skew: between(-5, 5), quarters: oneOf(0, 0, 0, 2, 2, by === 'scanner' ? 1 : 0) };
  if (by === 'scanner') return { ...lie, across: oneOf(150, 200, 300), specks: between(0, 0.002) };
  const worn = { specks: between(0, 0.015), broken: Math.round(between(0, 12)), black: between(95, 185) };
  return { ...lie, ...worn, fed: true, across: 204, lines: by === 'coarse fax' ? 98 : 196 };
}

type Line = { pages: number; right: number; wrong: number; none: number; ms: number };

async function run(): Promise<void> {
  const before = load();
  const all = await stack();
  const recognise = makeRecognise();
  const found = new Map<string, Line>();
  for (let done = 0; done < wanted;) {
    const by = oneOf<Machine>('coarse fax', 'fine fax', 'scanner');
    const kind = kindsOf[by][Math.floor(random() * kindsOf[by].length)] ?? 'pdf';
    const count = Math.min(kind === 'tiff' || kind === 'pdf' ? perFile : 1, wanted - done);
    const sent = Array.from({ length: count }, () => all[Math.floor(random() * all.length)] as Sent);
    const ways = sent.map(() => wayThrough(by));
    const worn: (Grey & Way)[] = [];
    for (const [i, { page }] of sent.entries())
      worn.push({ ...(await arrived(page, ways[i] ?? {}, random)), ...pick(ways[i]) });
    const file = await fileOf(kind, worn);
    const started = performance.now();
    const pages = await recognise(file, kind);
    const ms = performance.now() - started;
    note(found, `${by}, ${kind}`, { sent, pages, ms, ways });
    done += count;
    console.error(`  ${String(done)} pages`);
  }
  report(found, before);
}

const pick = ({ across = 204, lines = across }: Way = {}): Way => ({ across, lines });

async function fileOf(kind: ScanKind, pages: readonly (Grey & Way)[]): Promise<Buffer> {
  const [first] = pages;
  if (kind === 'tiff') return tiffOf(pages);
  if (kind === 'pdf') return pdfOf(pages);
  if (!first) throw new Error('no page');
  return kind === 'png' ? pngFile(first) : jpegFile(first);
}

type Read = Readonly<{
  sent: readonly Sent[];
  pages: readonly RecognisedPage[];
  ms: number;
  ways: readonly Way[];
}>;

function note(found: Map<string, Line>, name: string, { sent, pages, ms, ways }: Read): void {
  const line = found.get(name) ?? { pages: 0, right: 0, wrong: 0, none: 0, ms: 0 };
  for (const [i, { code, kind }] of sent.entries()) {
    const read = pages[i]?.code;
    const isRight = read?.sheet === code.sheet && read.page === code.page && read.pages === code.pages;
    line.pages++;
    if (isRight) line.right++;
    else if (read) line.wrong++;
    else line.none++;
    if (!isRight)
      console.error(
        `  ${read ? 'WRONG' : (pages[i]?.why ?? 'no page')}: sheet ${String(kind)}, ${name} ${JSON.stringify(ways[i])}`,
      );
  }
  line.ms += ms;
  found.set(name, line);
}

function report(found: ReadonlyMap<string, Line>, before: string): void {
  const total: Line = { pages: 0, right: 0, wrong: 0, none: 0, ms: 0 };
  for (const line of found.values())
    for (const key of ['pages', 'right', 'wrong', 'none', 'ms'] as const) total[key] += line[key];
  const row = (name: string, { pages, right, wrong, none, ms }: Line): string =>
    `| ${name} | ${String(pages)} | ${((100 * right) / pages).toFixed(1)} % | ${String(wrong)} | ${String(none)} | ${String(Math.round(ms / pages))} |`;
  console.log(
    `${machine()}; ${String(total.pages)} pages; load average ${before} before, ${load()} after.\n\n` +
      `| came as | pages | rightly known | wrongly | not known | ms a page |\n|---|--:|--:|--:|--:|--:|\n` +
      [...[...found].toSorted(([a], [b]) => a.localeCompare(b)), ['all', total] as const]
        .map(([name, line]) => row(name, line))
        .join('\n'),
  );
  if (total.wrong > 0 || total.right < total.pages * 0.99) process.exitCode = 1;
}

await run();
