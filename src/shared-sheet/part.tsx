import type { PersonPart } from '../people/part.ts';
import type { Program } from '../programs/program.ts';
import { LinkButton } from '../web/form.tsx';
import { Panel } from '../web/parts.tsx';
import { shares } from './read.ts';
import { text } from './text.ts';

/** The way to the sheet from a person's page, in clinics whose program has one. */
export const sharedSheetPart =
  (programs: readonly Program[]): PersonPart =>
  async (records, person) => {
    const program = programs.some(({ sharedSheet }) => sharedSheet !== undefined);
    if (!program || !(await shares(records, programs))) return { steps: [] };
    const title = programs.find(({ sharedSheet }) => sharedSheet !== undefined)?.sharedSheet?.title;
    return {
      steps: [],
      beside: (view) =>
        title === undefined ? null : (
          <Panel view={view} id="sheet" title={title}>
            <LinkButton href={`/patients/${person.id}/sheet`} kind="secondary">
              {view.t(text.read)}
            </LinkButton>
          </Panel>
        ),
    };
  };
