import type { Letter } from '../../../access/scopes.ts';
import type { Bearer } from '../../../access/tokens.ts';
import type { RecordType } from '../../../fhir/types.ts';
import type { Language, Sentence } from '../../../kernel/sentence.ts';
import type { Answer } from '../answer.ts';
import type { Turn } from '../pages.ts';

/** A parameter of an operation. `type` is a resource type, `Resource`, or one of the simple types that `input.ts` reads. */
export type Parameter = Readonly<{
  name: string;
  use: 'in' | 'out';
  min: number;
  max: '1' | '*';
  type?: string;
  says: Sentence;
  part?: readonly Parameter[];
}>;

/** What an operation is, said once: routes, the check at the door, the OperationDefinition and the CapabilityStatement. */
export type Operation = Readonly<{
  /** Without the `$`. */
  name: string;
  types: readonly (RecordType | 'Subscription')[];
  /** At the base, without a type. */
  system: boolean;
  type: boolean;
  instance: boolean;
  /** By GET too; every operation that changes nothing and can be asked by its address alone. */
  get: boolean;
  post: boolean;
  /** The specification's own definition, ours being based on it and telling what is understood here; or ours, where it has none. */
  definition: string;
  title: Sentence;
  about: Sentence;
  /** What the token must allow with the type. */
  letter: Letter;
  parameters: readonly Parameter[];
}>;

/** One value of a parameter, as it arrived. */
export type Value = Readonly<{
  path: string;
  value?: unknown;
  resource?: unknown;
  part?: ReadonlyMap<string, readonly Value[]>;
}>;
export type Input = (name: string) => readonly Value[];

/** A call of an operation. */
export type Asked = Readonly<{
  type: RecordType;
  id: string | undefined;
  bearer: Bearer;
  /** Reads and checks the parameters; refuses what the operation does not declare. */
  input: () => Input;
  /** The parameters of the address, as they are. */
  given: readonly (readonly [string, string])[];
  header: (name: string) => string | undefined;
  language: Language;
  turn: Turn;
}>;

export type Run = (asked: Asked) => Promise<Answer>;
/** Of an operation at the base. */
export type SystemRun = (asked: Omit<Asked, 'type' | 'id'>) => Promise<Answer>;
