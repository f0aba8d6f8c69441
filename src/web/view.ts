import type { Language, Sentence } from '../kernel/sentence.ts';

export type NavItem = Readonly<{ href: string; label: Sentence; current: boolean; count?: number }>;

/** What every page needs to know about the moment it is drawn in. */
export type View = Readonly<{
  language: Language;
  /** Says a sentence in the reader's language. */
  t: (sentence: Sentence) => string;
  /** Where a GET shows this page again; the language switch and sign-in come back here. */
  path: string;
  /** Hidden token of the session's forms; undefined where nobody is signed in. */
  csrf: string | undefined;
  now: Date;
  who?: Readonly<{ name: string; post: string; organization: string }>;
  nav: readonly NavItem[];
  /** Said once above the page, after an action succeeded. */
  notice?: Sentence;
  /** All people are invented: a banner says so. */
  demo: boolean;
  /** The reader wishes to see how words are read, where a text says so. */
  furigana?: boolean;
}>;

/** A sentence of a catalogue, or text that is the same in every language (a name, a number). */
export type Words = Sentence | string;

export type ViewGiven = Readonly<{
  language: Language;
  path: string;
  now: Date;
  csrf?: string | undefined;
  who?: View['who'] | undefined;
  nav?: readonly NavItem[] | undefined;
  notice?: Sentence | undefined;
  demo?: boolean | undefined;
}>;

export const makeView = (given: ViewGiven): View => ({
  language: given.language,
  t: (sentence) => sentence[given.language],
  path: given.path,
  csrf: given.csrf,
  now: given.now,
  nav: given.nav ?? [],
  demo: given.demo ?? false,
  ...(given.who ? { who: given.who } : {}),
  ...(given.notice ? { notice: given.notice } : {}),
});

export const speak = (view: View, words: Words): string =>
  typeof words === 'string' ? words : view.t(words);
