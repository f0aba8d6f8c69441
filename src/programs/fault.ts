/** What is wrong with a file, and where in it. */
export type Fault = Readonly<{ place: string; says: string }>;
