/** The only place that knows where a Consent keeps what people say, and what it opens to whom. */
export * from './records/model.ts';
export * from './records/build.ts';
export * from './records/read.ts';
export * from './opening.ts';
