/** One request that a claim promises: whether the record that says `mine` is found, and never the one that says `other`. */
export type Question = Readonly<{ query: string; findsMine: boolean; findsOther: boolean }>;

type Node = Readonly<Record<string, string | number | undefined>>;
const escaped = (text: string): string => text.replaceAll(/[\\,|$]/g, String.raw`\$&`);
const textIn = (value: unknown): string =>
  typeof value === 'string' ? value : String((value as Node)['text'] ?? (value as Node)['family'] ?? '');

type Token = Readonly<{ system: string; code: string; shown: string }>;
/** What a token is, whichever type of element holds it. */
function tokenOf(value: unknown): Token {
  if (typeof value !== 'object' || value === null)
    return { system: '', code: String(value), shown: String(value) };
  const { coding, text, type, ...node } = value as Node & { coding?: Node[]; text?: string; type?: Node };
  const one = coding?.[0] ?? node;
  return {
    system: String(one['system'] ?? ''),
    code: String(one['code'] ?? one['value'] ?? ''),
    shown: String(text ?? one['display'] ?? type?.['text'] ?? one['value'] ?? ''),
  };
}

const found = (query: string): Question => ({ query, findsMine: true, findsOther: false });
const others = (query: string): Question => ({ query, findsMine: false, findsOther: true });

/** The values of a date or number one can ask for with each prefix, so that only one of two records fits. */
function prefixed(name: string, mine: string, other: string, isLater: boolean): Question[] {
  const [up, down] = isLater ? [found, others] : [others, found];
  return [
    found(`${name}=${mine}`),
    found(`${name}=eq${mine}`),
    others(`${name}=ne${mine}`),
    found(`${name}=ne${other}`),
    found(`${name}=ap${mine}`),
    up(`${name}=gt${isLater ? other : mine}`),
    up(`${name}=sa${isLater ? other : mine}`),
    down(`${name}=lt${isLater ? mine : other}`),
    down(`${name}=eb${isLater ? mine : other}`),
    up(`${name}=ge${isLater ? mine : other}`),
    down(`${name}=le${isLater ? other : mine}`),
  ];
}

/**
 * Every way of asking that a parameter of a type has: plain, its modifiers, its prefixes. `mine` and `other` are the
 * elements of two records, which differ.
 */
export function questionsOf(
  { name, type }: Readonly<{ name: string; type: string }>,
  [mine, other]: readonly [unknown, unknown],
  base: string,
): Question[] {
  const missing = [found(`${name}:missing=false`)].map((one) => ({ ...one, findsOther: true }));
  const none = { query: `${name}:missing=true`, findsMine: false, findsOther: false };
  switch (type) {
    case 'token': {
      const { system, code, shown } = tokenOf(mine);
      const isBare = typeof mine !== 'object';
      const isContact = ['phone', 'email', 'telecom'].includes(name);
      return [
        found(`${name}=${escaped(code)}`),
        found(`${name}=nobody-says-so,${escaped(code)}`),
        ...(isBare ? [] : [found(`${name}=${system}|${escaped(code)}`)]),
        ...(isBare || isContact ? [] : [found(`${name}=${system}|`)]),
        ...(name === '_id' || isContact ? [] : [found(`${name}:text=${escaped(shown)}`)]),
        ...(name === '_id' ? [] : [others(`${name}:not=${escaped(code)}`), ...missing, none]),
      ];
    }
    case 'string': {
      const text = textIn(mine);
      return [
        found(`${name}=${text.slice(0, 3)}`),
        // Whatever the kind of kana and the width.
        ...(text.startsWith('アカイ') ? [found(`${name}=あかい`), found(`${name}=ｱｶｲ`)] : []),
        found(`${name}:contains=${text.slice(1, 3)}`),
        found(`${name}:exact=${text}`),
        { query: `${name}:exact=${text.slice(0, 2)}`, findsMine: false, findsOther: false },
        ...missing,
        none,
      ];
    }
    case 'date': {
      const day = (value: unknown): string =>
        (typeof value === 'string' ? value : String((value as Node)['start'])).slice(0, 10);
      const isLater = day(mine) > day(other);
      return [
        ...prefixed(name, day(mine), day(other), isLater),
        found(`${name}=${day(mine).slice(0, 7)}`),
        found(`${name}=${day(mine).slice(0, 4)}`),
        found(`${name}=ge${day(mine)}&${name}=le${day(mine)}`),
        ...missing,
        none,
      ];
    }
    case 'quantity': {
      const [{ value = '', system = '', code = '' }, { value: than = '' }] = [mine as Node, other as Node];
      return [
        ...prefixed(name, String(value), String(than), Number(value) > Number(than)),
        found(`${name}=${String(value)}|${String(system)}|${String(code)}`),
        found(`${name}=${String(value)}||${String(code)}`),
        { query: `${name}=${String(value)}||kg`, findsMine: false, findsOther: false },
        ...missing,
        none,
      ];
    }
    case 'uri':
      return [
        found(`${name}=${String(mine)}`),
        found(`${name}:below=${String(mine).split('/').slice(0, 4).join('/')}`),
        found(`${name}:above=${String(mine)}/further`),
        ...missing,
        none,
      ];
    case 'reference': {
      if (typeof mine === 'string') return [found(`${name}=${mine}`), ...missing, none];
      const { reference, identifier } = mine as { reference: string; identifier: Node };
      const [to = '', id = ''] = reference.split('/');
      return [
        found(`${name}=${reference}`),
        found(`${name}=${id}`),
        found(`${name}:${to}=${id}`),
        found(`${name}=${base}/${reference}`),
        found(`${name}:${to}._id=${id}`),
        found(`${name}:identifier=${String(identifier['system'])}|${String(identifier['value'])}`),
        ...missing,
        none,
      ];
    }
    default:
      return [];
  }
}
