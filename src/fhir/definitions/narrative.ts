const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** The basic formatting of HTML 4 that R4 allows in a narrative (rule txt-1). */
const tags = words(
  'div p br span b i em strong small big tt sub sup code samp kbd var dfn cite q abbr acronym address blockquote pre ' +
    'h1 h2 h3 h4 h5 h6 hr ul ol li dl dt dd a img ins del bdo ' +
    'table caption colgroup col thead tbody tfoot tr th td',
);
const attributes = words(
  'title style class id lang xml:lang xmlns dir href name src alt width height border align valign char charoff span ' +
    'abbr axis headers scope rowspan colspan cellpadding cellspacing summary cite datetime start value type',
);
const Part =
  /<!--(?:(?!--)[^])*-->|<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z][a-z:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)|(<)/g;
const Attribute = /\s+([a-z][a-z:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/gy;
const LooseAmpersand = /&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|[a-zA-Z]{2,8};)/;
const HarmlessAddress = /^(?:https?:\/\/|mailto:|tel:|#)/;

/**
 * What is wrong with the HTML of a narrative: `script` when it has anything but harmless formatting (an unknown tag or
 * attribute, an address that runs something), `format` when it is no well-formed `<div>`, `blank` when it shows nothing.
 */
export function narrativeFault(html: string): 'script' | 'format' | 'blank' | undefined {
  const open: string[] = [];
  let shows = false;
  let closed = false;
  for (const [part, slash = '', tag, given = '', empty = '', text, stray] of html.trim().matchAll(Part)) {
    if (stray !== undefined) return 'format';
    if (text !== undefined) {
      if (LooseAmpersand.test(text) || open.length === 0) return 'format';
      shows ||= /\S/.test(text);
    } else if (tag !== undefined) {
      if (closed || (open.length === 0 && tag !== 'div')) return 'format';
      if (!tags.has(tag) || !areHarmless(given)) return 'script';
      shows ||= tag === 'img';
      if (slash === '/') {
        if (open.pop() !== tag || given !== '') return 'format';
      } else if (empty === '') open.push(tag);
      closed = open.length === 0;
    } else if (!part.startsWith('<!--')) return 'format';
  }
  if (!closed) return 'format';
  return shows ? undefined : 'blank';
}

function areHarmless(given: string): boolean {
  for (const [, name = '', one, other] of given.matchAll(Attribute)) {
    const value = one ?? other ?? '';
    if (!attributes.has(name)) return false;
    // Entities could hide the colon of "javascript:"; no address needs one besides &amp;.
    if ((name === 'href' || name === 'src' || name === 'cite') && !HarmlessAddress.test(value)) return false;
    if (name === 'style' && /url\s*\(|expression|@import|\\|&/i.test(value)) return false;
  }
  return true;
}
