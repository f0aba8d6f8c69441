import type { JSX } from 'preact';

/**
 * What may stand between tags. Narrower than preact's own type, which lets any object through and then draws nothing:
 * a sentence that nobody translated has to be a compile error.
 */
export type Content = JSX.Element | string | number | boolean | null | undefined | readonly Content[];
