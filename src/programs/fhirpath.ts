import vm from 'node:vm';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';

/** What expressions may speak of, by name: `patient` is `%patient`. */
export type Variables = Readonly<Record<string, unknown>>;

/** Why an expression came to nothing: it is none, it never ended, it found too much, or it failed while it ran. */
export type ExpressionFault = 'syntax' | 'time' | 'size' | 'failed';
export type Evaluated =
  Readonly<{ found: readonly unknown[] }> | Readonly<{ fault: ExpressionFault; because: string }>;

/**
 * Characters, results, and milliseconds: for reading an expression, for what it does, and for all expressions together
 * that are evaluated before anybody else is answered.
 */
const limits = { length: 2000, results: 1000, reading: 2000, running: 300, together: 2000 } as const;

type Run = (data: object, variables: Variables, day: string) => readonly unknown[];

const context = vm.createContext({ run: undefined as (() => void) | undefined });
const script = new vm.Script('run()');

/** Milliseconds spent in this turn of the event loop; a form may have hundreds of expressions, and each its bound. */
let spent = 0;
let isCounting = false;
/** What never ended in this turn is not tried again in it: it would take the time of all the others. */
const endless = new Set<string>();

/** Does it, and stops it where it takes longer: whatever it is in the midst of, a loop or a regular expression. */
function bounded<T>(act: () => T, milliseconds: number): T {
  if (!isCounting) {
    isCounting = true;
    setImmediate(() => {
      [spent, isCounting] = [0, false];
      endless.clear();
    });
  }
  const left = Math.floor(Math.min(milliseconds, limits.together - spent));
  if (left < 1) throw new OutOfTime('the expressions of this form take too long together');
  let made: T | undefined;
  context['run'] = () => {
    made = act();
  };
  const started = performance.now();
  try {
    script.runInContext(context, { timeout: left });
  } finally {
    spent += performance.now() - started;
    context['run'] = undefined;
  }
  return made as T;
}

class OutOfTime extends Error {}

const known = new Map<string, Run | Readonly<{ fault: ExpressionFault; because: string }>>();

function read(expression: string): Run | Readonly<{ fault: ExpressionFault; because: string }> {
  const before = known.get(expression);
  if (before !== undefined) return before;
  if (known.size > 2000) known.clear();
  const made = compiled(expression);
  // What others left too little time for can be read the next time.
  if (typeof made === 'function' || made.fault !== 'time') known.set(expression, made);
  return made;
}

function compiled(expression: string): Run | Readonly<{ fault: ExpressionFault; because: string }> {
  if (expression.length > limits.length)
    return { fault: 'syntax', because: `longer than ${String(limits.length)} characters` };
  try {
    let day = '';
    const today = {
      fn: (): unknown[] =>
        fhirpath.evaluate({}, `@${day}`, {}, r4, { resolveInternalTypes: false }) as unknown[],
      arity: { 0: [] },
    };
    const run = bounded(
      () => fhirpath.compile(expression, r4, { traceFn: () => undefined, userInvocationTable: { today } }),
      limits.reading,
    );
    return (data, variables, onDay) => {
      day = onDay;
      return run(data, variables) as unknown[];
    };
  } catch (error) {
    return { fault: isTimeout(error) ? 'time' : 'syntax', because: messageOf(error) };
  }
}

/**
 * What a FHIRPath expression finds in `data`, read by the library `fhirpath` within a bound on time and results: forms, and
 * the expressions in them, come from strangers. `day` is what `today()` says, `YYYY-MM-DD`.
 */
export function evaluate(expression: string, data: object, variables: Variables, day: string): Evaluated {
  const run = read(expression);
  if (typeof run !== 'function') return run;
  if (endless.has(expression)) return { fault: 'time', because: 'it did not end' };
  try {
    const found = bounded(() => run(data, variables, day), limits.running);
    return found.length > limits.results
      ? { fault: 'size', because: `more than ${String(limits.results)} results` }
      : { found };
  } catch (error) {
    if (isTimeout(error) && !(error instanceof OutOfTime)) endless.add(expression);
    return { fault: isTimeout(error) ? 'time' : 'failed', because: messageOf(error) };
  }
}

/** What is wrong with an expression as it stands; undefined when it can be read. */
export function unreadable(expression: string): string | undefined {
  const run = read(expression);
  return typeof run === 'function' ? undefined : run.because;
}

const isTimeout = (error: unknown): boolean =>
  error instanceof OutOfTime ||
  (typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT');
/** The library's words for programmers, for whoever mends the form; nothing of a person is in them. */
const messageOf = (error: unknown): string =>
  (typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error)
  ).slice(0, 200);
