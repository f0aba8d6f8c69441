import type { JSX } from 'preact';
import { needOf } from '../programs/needs.ts';
import { Empty, NeedPicture } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import type { Finding } from './findings.ts';
import { pageText as text } from './page-text.ts';

/** A need to show: what was found, and why as far as it is known. */
export type ShownNeed = Readonly<{ code: string; finding: Finding | undefined }>;

/** Needs with their pictures, each with the reason and the answers behind it. */
export function NeedsFound({
  view,
  needs,
}: Readonly<{ view: View; needs: readonly ShownNeed[] }>): JSX.Element {
  if (needs.length === 0)
    return <Empty view={view} title={text.noNeeds} next={<p>{view.t(text.noNeedsNext)}</p>} />;
  return (
    <ul class="needs-found">
      {needs.map(({ code, finding }) => {
        const known = needOf(code);
        return (
          <li key={code} class="with-picture">
            <NeedPicture name={finding?.picture ?? known?.picture ?? 'question'} />
            <div>
              <h3>{known ? view.t(known.label) : code}</h3>
              {finding?.says.map((says, i) => (
                <p key={i}>{view.t(says)}</p>
              ))}
              {finding ? <Because view={view} finding={finding} /> : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Because({ view, finding }: Readonly<{ view: View; finding: Finding }>): JSX.Element {
  return (
    <details>
      <summary>{view.t(text.whyAnswers)}</summary>
      <ul>
        {finding.because.map((one) => (
          <li key={one.linkId}>{view.t(text.asked(view.t(one.question), view.t(one.answer)))}</li>
        ))}
      </ul>
    </details>
  );
}
