/**
 * The only place that knows where contacts, visits, goals, plans and what was done keep what people say: everybody else
 * reads and builds them through these functions.
 */
export * from './records/contact.ts';
export * from './records/goal.ts';
export * from './records/plan.ts';
export * from './records/work.ts';
export * from './records/sheet.ts';
