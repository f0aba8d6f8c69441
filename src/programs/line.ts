/**
 * The line (from 1) on which a place of a JSON text begins: `item[0].item[2].text`. Where the place itself is not there,
 * such as a missing property, the line of the innermost thing around it that is. Undefined for a text that is no JSON.
 */
export function lineOf(json: string, place: string): number | undefined {
  const wanted = place.match(/[^.[\]]+/g) ?? [];
  let at = 0;
  let found: number | undefined;
  const space = (): void => {
    while (/\s/.test(json[at] ?? '')) at += 1;
  };
  const text = (): string => {
    const from = at;
    at += 1;
    while (json[at] !== '"' && at < json.length) at += json[at] === '\\' ? 2 : 1;
    at += 1;
    return JSON.parse(json.slice(from, at)) as string;
  };
  /** Reads one value; `depth` is how many steps of the place lead to it, -1 when it lies elsewhere. */
  const value = (depth: number, begins: number): void => {
    if (depth >= 0) found = json.slice(0, begins).split('\n').length;
    const open = json[at];
    if (open === '"') return void text();
    if (open !== '{' && open !== '[') {
      while (at < json.length && !/[,\]}\s]/.test(json[at] ?? '')) at += 1;
      return;
    }
    const close = open === '{' ? '}' : ']';
    at += 1;
    for (let index = 0; ; index += 1) {
      space();
      if (json[at] === close || at >= json.length) break;
      const start = at;
      const step = open === '{' ? text() : String(index);
      if (open === '{') {
        space();
        at += 1; // the colon
        space();
      }
      value(depth >= 0 && wanted[depth] === step ? depth + 1 : -1, start);
      space();
      if (json[at] === ',') at += 1;
    }
    at += 1;
  };
  try {
    JSON.parse(json);
  } catch {
    return undefined;
  }
  space();
  value(0, at);
  return found;
}
