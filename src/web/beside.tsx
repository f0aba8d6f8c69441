import type { JSX } from 'preact';
import type { Content } from './content.ts';

/** A form that is typed in from a picture: what stands beside it, and where the form is sent instead of its own address. */
export type TypedFrom = Readonly<{ picture: Content; action: string }>;

/** The picture and the form beside each other, or the form alone. */
export function Beside({
  picture,
  children,
}: Readonly<{ picture: Content | undefined; children: JSX.Element }>): JSX.Element {
  if (picture === undefined) return children;
  return (
    <div class="beside">
      {picture}
      {children}
    </div>
  );
}
