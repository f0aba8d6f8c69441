import { of } from '../../kernel/sentence.ts';

/** Words of the sheet by which a clinic asks an office by fax. */
export const text = {
  name: of('相談依頼票', 'Consultation request'),
  blank: of('相談依頼票（白紙）を印刷する', 'Print a blank request sheet'),
  forPerson: of(
    '相談依頼票を印刷する（FAX用・お名前入り）',
    'Print the request sheet to fax, with the name on it',
  ),
  byFax: of(
    'FAXで頼むときは、お名前の入った相談依頼票を印刷し、同意の署名をもらって窓口に送ってください。',
    'To ask by fax, print the request sheet with the name on it, have the consent on it signed, and send it to the office.',
  ),
} as const;
