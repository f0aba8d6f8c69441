import type { JSX } from 'preact';
import type { Sentence } from '../kernel/sentence.ts';
import { needOf } from '../programs/needs.ts';
import { Empty, NeedPicture } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import type { PictureName } from '../web/pictures.tsx';
import type { Because } from './concerns.ts';
import { pageText as text } from './page-text.ts';

/** A need to show: what was found, and why as far as it is known. */
export type ShownNeed = Readonly<{
  code: string;
  picture?: PictureName;
  says: readonly Sentence[];
  because: readonly Because[];
}>;

/** Needs with their pictures, each with the reason and the answers behind it. */
export function NeedsFound({
  view,
  needs,
}: Readonly<{ view: View; needs: readonly ShownNeed[] }>): JSX.Element {
  if (needs.length === 0)
    return <Empty view={view} title={text.noNeeds} next={<p>{view.t(text.noNeedsNext)}</p>} />;
  return (
    <ul class="needs-found">
      {needs.map(({ code, picture, says, because }) => {
        const known = needOf(code);
        return (
          <li key={code} class="with-picture">
            <NeedPicture name={picture ?? known?.picture ?? 'question'} />
            <div>
              <h3>{known ? view.t(known.label) : code}</h3>
              {says.map((one, i) => (
                <p key={i}>{view.t(one)}</p>
              ))}
              {because.length > 0 ? <Why view={view} because={because} /> : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Why({ view, because }: Readonly<{ view: View; because: readonly Because[] }>): JSX.Element {
  return (
    <details>
      <summary>{view.t(text.whyAnswers)}</summary>
      <ul>
        {because.map((one) => (
          <li key={one.question.ja}>{view.t(text.asked(view.t(one.question), view.t(one.answer)))}</li>
        ))}
      </ul>
    </details>
  );
}
