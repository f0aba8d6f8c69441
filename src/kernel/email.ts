/**
 * One bare e-mail address (the part of RFC 5321 that people have): no list, no name, no comment, no quotes, nothing that
 * a letter's head would read as something else.
 */
export const isEmail = (text: string): boolean =>
  text.length <= 254 &&
  /^[^\s@,;:<>"()[\]\\\p{C}]+@[^\s@.,;:<>"()[\]\\\p{C}]+(?:\.[^\s@.,;:<>"()[\]\\\p{C}]+)+$/u.test(text);
