import { dateParts } from '../web/date-parts.ts';
import { mostRows, type Question } from './form.ts';
import { openMark } from './values.ts';

/** The name of a question's field in a page; of the second and later fields of one that takes several answers, `q.x;2`. */
export const fieldName = (linkId: string, n = 1): string => `q.${linkId}${n === 1 ? '' : `;${String(n)}`}`;

/** A question that takes several answers has a field for each, unless they are boxes to tick, or files. */
export const hasFields = ({ type, repeats, options }: Question): boolean =>
  repeats && options.length === 0 && type !== 'attachment';

type Body = Readonly<Record<string, unknown>>;
const isText = (value: unknown): value is string => typeof value === 'string';
const held = (body: Body, name: string): unknown => (Object.hasOwn(body, name) ? body[name] : undefined);
const textIn = (body: Body, name: string): string => {
  const value = held(body, name);
  return isText(value) ? value.trim() : '';
};

/** What was typed or chosen for a question, each answer once. What is no answer of its kind comes as it was typed. */
export function typed(question: Question, body: Body): string[] {
  const fields = hasFields(question) ? fieldsSent(question, body) : 1;
  const values = Array.from({ length: fields }, (_, i) =>
    typedAt(question, body, fieldName(question.linkId, i + 1)),
  );
  return [...new Set(values.flat().filter((value) => value !== ''))];
}

/** How many fields of a question a page sent; one where it has no others. */
export function fieldsSent(question: Question, body: Body): number {
  let n = 1;
  const sent = (name: string): boolean =>
    ['', '-year', '-time', '-unit'].some((part) => Object.hasOwn(body, `${name}${part}`));
  while (n <= mostRows && sent(fieldName(question.linkId, n + 1))) n += 1;
  return n;
}

function typedAt(question: Question, body: Body, name: string): string[] {
  const day = dateParts(body, name);
  const given = [held(body, name)].flat().filter(isText);
  switch (question.type) {
    case 'date':
      return (day === undefined ? given : [day]).map(figures);
    case 'dateTime': {
      if (day === undefined) return given.map(figures);
      const time = figures(textIn(body, `${name}-time`));
      return day === '' && time === '' ? [] : [`${day}T${clock(time)}+09:00`];
    }
    case 'time':
      return given.map((one) => (one.trim() === '' ? '' : clock(figures(one))));
    case 'integer':
    case 'decimal':
      return given.map((one) => plainFigure(question, one));
    case 'quantity': {
      const unit = textIn(body, `${name}-unit`);
      return given.map((one) => {
        const figure = plainFigure(question, one);
        const only = question.units.length === 1 ? question.units[0]?.value : unit;
        return figure === '' || figure.includes(' ') || !only ? figure : `${figure} ${only}`;
      });
    }
    case 'open-choice': {
      const other = textIn(body, `${name}-other`);
      const chosen = given.map((one) => one.trim()).filter((one) => one !== openMark);
      const asOther = given.includes(openMark) || (chosen.length === 0 && other !== '');
      return [...chosen, ...(asOther && other !== '' ? [`${openMark}${other}`] : [])];
    }
    case 'boolean':
    case 'choice':
    case 'string':
    case 'text':
    case 'url':
    case 'reference':
    case 'attachment':
      return given.map((one) => one.replaceAll(/\r\n?/g, '\n').trim());
  }
}

/** People type figures in full width, and with commas. */
const figures = (value: string): string => value.normalize('NFKC').replaceAll(',', '').trim();
const clock = (time: string): string => {
  const [, hours = '', minutes = '', seconds = ':00'] = /^(\d{1,2}):(\d{2})(:\d{2})?$/.exec(time) ?? [];
  return hours === '' ? time : `${hours.padStart(2, '0')}:${minutes}${seconds}`;
};

/** `.50` as `.5`, `.0` as nothing. */
const withoutZeros = (rest: string): string =>
  rest.endsWith('0') ? withoutZeros(rest.slice(0, -1)) : rest === '.' ? '' : rest;

function plainFigure({ type }: Question, value: string): string {
  const figure = figures(value);
  const [, sign = '', whole = '', rest = ''] = /^([+-]?)0*(\d{1,9})(\.\d{1,9})?$/.exec(figure) ?? [];
  if (whole === '' || (type === 'integer' && rest !== '')) return figure;
  const plain = `${sign === '-' ? '-' : ''}${whole}${withoutZeros(rest)}`;
  return plain === '-0' ? '0' : plain;
}

/** The fields of a question that show these answers: the opposite of `typed`. */
export function fieldsOf(question: Question, values: readonly string[]): Record<string, string | string[]> {
  if (!hasFields(question)) return fieldOf(question, fieldName(question.linkId), values);
  return Object.assign(
    {},
    ...values.map((value, i) => fieldOf(question, fieldName(question.linkId, i + 1), [value])),
  ) as Record<string, string | string[]>;
}

function fieldOf(
  question: Question,
  name: string,
  values: readonly string[],
): Record<string, string | string[]> {
  const [first = ''] = values;
  switch (question.type) {
    case 'quantity': {
      const [figure = '', unit = ''] = first.split(' ');
      return { [name]: figure, [`${name}-unit`]: unit };
    }
    case 'dateTime':
      return { [name]: first.slice(0, 10), [`${name}-time`]: first.slice(11, 16) };
    case 'time':
      return { [name]: first.replace(/^(\d\d:\d\d):00$/, '$1') };
    case 'open-choice': {
      const other = values.find((one) => one.startsWith(openMark));
      return {
        [name]: values.map((one) => (one === other ? openMark : one)),
        [`${name}-other`]: other?.slice(1) ?? '',
      };
    }
    case 'boolean':
    case 'choice':
    case 'integer':
    case 'decimal':
    case 'date':
    case 'string':
    case 'text':
    case 'url':
    case 'reference':
    case 'attachment':
      return { [name]: [...values] };
  }
}
