import fs from 'node:fs';
import { referralMoves, requestMoves, type Move } from '../src/referral/workflow.ts';

/** A lifecycle as a Mermaid state diagram, from the table itself. */
export function diagram(moves: Readonly<Record<string, Move>>): string {
  const shown = (status: string): string => status.replaceAll('-', '_');
  const who = { sender: 'sender', receiver: 'receiver', either: 'either side' } as const;
  const lines = Object.entries(moves)
    .filter(([name]) => name !== 'retract')
    .flatMap(([name, move]) =>
      move.from.map((from) => {
        const needs = move.needs.length > 0 ? `; needs ${move.needs.join(', ')}` : '';
        return `  ${shown(from)} --> ${shown(move.to)}: ${name} (${who[move.by]}${needs})`;
      }),
    );
  return ['```mermaid', 'stateDiagram-v2', '  [*] --> draft', ...lines, '```'].join('\n');
}

const marks = { from: '<!-- workflow: printed from src/referral/workflow.ts -->', to: '<!-- /workflow -->' };

/** The README with its diagrams renewed. */
export function withDiagrams(readme: string): string {
  const [before = '', rest = ''] = readme.split(marks.from);
  const after = rest.split(marks.to)[1] ?? '';
  const body = [
    'Referral from a clinic to a link-worker office:',
    diagram(referralMoves),
    'Request from a link worker to a community resource:',
    diagram(requestMoves),
    'Every status can also become `entered-in-error` (`retract`, by the sender, with a reason).',
  ].join('\n\n');
  return `${before}${marks.from}\n\n${body}\n\n${marks.to}${after}`;
}

/** The moves as a table, for programs that write Tasks. */
export function movesTable(moves: Readonly<Record<string, Move>>): string {
  const who = { sender: 'requester', receiver: 'owner', either: 'either side' } as const;
  const code = (status: string): string => `\`${status}\``;
  const rows = Object.values(moves).map(
    ({ from, to, by, needs, says }) =>
      `| ${says.ja} ${says.en} | ${from.map(code).join(' ')} | ${code(to)} | ${who[by]} | ${needs.join(', ')} |`,
  );
  return ['| Move | From | To | By | Needs |', '|---|---|---|---|---|', ...rows].join('\n');
}

const places = { from: '<!-- moves: printed from src/referral/workflow.ts -->', to: '<!-- /moves -->' };

/** The description of the FHIR interface with its tables of moves renewed. */
export function withMoves(document: string): string {
  const [before = '', rest = ''] = document.split(places.from);
  const after = rest.split(places.to)[1] ?? '';
  const body = [
    'A referral from a clinic to an office:',
    movesTable(referralMoves),
    'A request from an office to a group:',
    movesTable(requestMoves),
  ].join('\n\n');
  return `${before}${places.from}\n\n${body}\n\n${places.to}${after}`;
}

if (process.argv[1]?.endsWith('diagram.ts') === true) {
  fs.writeFileSync('README.md', withDiagrams(fs.readFileSync('README.md', 'utf8')));
  fs.writeFileSync('docs/fhir.md', withMoves(fs.readFileSync('docs/fhir.md', 'utf8')));
}
