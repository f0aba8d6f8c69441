/** Fewer people than this are not shown, and fewer bodies than that (NDB and 介護DB guidelines, by analogy). */
export const fewestPeople = 10;
export const fewestBodies = 3;
