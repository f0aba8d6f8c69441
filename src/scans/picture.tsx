import type { JSX } from 'preact';
import type { Content } from '../web/content.ts';
import type { View } from '../web/view.ts';
import { text } from './text.ts';

/**
 * A page that came in, large. It scrolls in its frame, by keyboard too; ticking the box makes it two and a half times as
 * large without script. Beside a form it stays in sight.
 */
export function Picture({
  view,
  src,
  end = false,
  children,
}: Readonly<{
  view: View;
  src: string;
  /** What counts stands at the end of the page: the frame begins there. */
  end?: boolean;
  children?: Content;
}>): JSX.Element {
  return (
    <figure class="scan">
      <div class="scan-bar">
        <label>
          <input type="checkbox" class="scan-zoom" /> {view.t(text.zoom)}
        </label>
        <a href={src} target="_blank" rel="noopener">
          {view.t(text.larger)}
        </a>
        {children}
      </div>
      <div
        class={end ? 'scan-frame from-end' : 'scan-frame'}
        role="region"
        aria-label={view.t(text.picture)}
        tabIndex={0}
      >
        <img src={src} alt={view.t(text.picture)} />
      </div>
    </figure>
  );
}
