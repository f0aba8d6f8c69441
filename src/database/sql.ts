/** A statement and its values, kept apart: `sql\`select … where id = ${id}\``. Nested statements are spliced in. */
export type Sql = Readonly<{ strings: readonly string[]; values: readonly unknown[] }>;

const isSql = (value: unknown): value is Sql =>
  typeof value === 'object' && value !== null && 'strings' in value && 'values' in value;

export function sql(strings: TemplateStringsArray, ...given: readonly unknown[]): Sql {
  const out: string[] = [strings[0] ?? ''];
  const values: unknown[] = [];
  given.forEach((value, i) => {
    const after = strings[i + 1] ?? '';
    if (isSql(value)) {
      out[out.length - 1] += value.strings[0] ?? '';
      out.push(...value.strings.slice(1));
      values.push(...value.values);
      out[out.length - 1] += after;
    } else {
      values.push(value);
      out.push(after);
    }
  });
  return { strings: out, values };
}

/** Text that is part of the program, such as a column of the registry; never anything that arrived. */
export const trusted = (text: string): Sql => ({ strings: [text], values: [] });

/** In time that grows with the parts, not with their square: lists arrive from outside. */
export function joinSql(parts: readonly Sql[], separator: string): Sql {
  const strings: string[] = [''];
  for (const [i, part] of parts.entries()) {
    const [first = '', ...rest] = part.strings;
    strings[strings.length - 1] += i === 0 ? first : separator + first;
    strings.push(...rest);
  }
  return { strings, values: parts.flatMap((part) => part.values) };
}

/** The form the driver takes: `$1`, `$2` … */
export const numbered = (statement: Sql): { text: string; values: unknown[] } => ({
  text: statement.strings.reduce((text, part, i) => (i === 0 ? part : `${text}$${String(i)}${part}`), ''),
  values: [...statement.values],
});
