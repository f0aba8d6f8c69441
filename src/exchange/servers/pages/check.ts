import { isNode } from '../../../fhir/definitions/rule.ts';
import type { Sentence } from '../../../kernel/sentence.ts';
import type { Clients } from '../client.ts';
import { Unwilling, type Fault, type Server } from '../model.ts';
import { text } from './text.ts';

/** One step of the check; `ok` undefined: it was not come to. */
export type Checked = Readonly<{ says: Sentence; ok: boolean | undefined; why?: Fault }>;

/** Tries what working with a server takes, one after the other, up to the first that fails. Changes nothing there. */
export async function check(clients: Clients, server: Server): Promise<Checked[]> {
  const them = clients(server);
  const body = async (id: string): Promise<Fault | undefined> =>
    (await them.read(`/Organization/${id}`)) === undefined ? text.isNotThere : undefined;
  const steps: readonly (readonly [Sentence, () => Promise<Fault | undefined>])[] = [
    [
      text.checkMetadata,
      async () => {
        const said = await them.metadata();
        const version: unknown = isNode(said) ? said['fhirVersion'] : undefined;
        return typeof version === 'string' && version.startsWith('4.0') ? undefined : text.isNotR4;
      },
    ],
    [
      text.checkToken,
      async () => {
        await them.token();
        return undefined;
      },
    ],
    [text.checkOurs, () => body(server.ourId)],
    [text.checkTheirs, () => body(server.theirId)],
    [
      text.checkTasks,
      async () => {
        await them.search('/Task?_count=1');
        return undefined;
      },
    ],
  ];
  const checked: Checked[] = [];
  for (const [says, step] of steps) {
    if (checked.some((one) => one.ok !== true)) {
      checked.push({ says, ok: undefined });
      continue;
    }
    try {
      const why = await step();
      checked.push(why ? { says, ok: false, why } : { says, ok: true });
    } catch (error) {
      if (!(error instanceof Unwilling)) throw error;
      checked.push({ says, ok: false, why: error.fault });
    }
  }
  return checked;
}
