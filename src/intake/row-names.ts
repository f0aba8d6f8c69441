/** A question's own name in the form, without the numbers of its rows. */
export const plainId = (linkId: string): string => linkId.split('~')[0] ?? linkId;
