/** What is wrong with a file, and where in it. `ja`: in Japanese, for faults that a page shows. */
export type Fault = Readonly<{ place: string; says: string; ja?: string }>;
