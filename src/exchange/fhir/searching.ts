import type { Request } from 'express';
import type { Bearer } from '../../access/tokens.ts';
import type { OpenRecords } from '../../fhir/records.ts';
import type { Given } from '../../fhir/search.ts';
import type { RecordType } from '../../fhir/types.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Answer } from './answer.ts';
import { typeOf } from './asked.ts';
import { searchBundle } from './bundles.ts';
import { outsideScope } from './refusal.ts';

type Needs = Readonly<{ open: OpenRecords; base: string }>;

/** A search by GET or POST. What a token is not for is neither looked into nor brought along. */
export const searching =
  ({ open, base }: Needs) =>
  async (actor: Actor, req: Request, may: Bearer['may'], given: Given): Promise<Answer> => {
    const type = typeOf(req);
    const page = await open(actor, (records) =>
      records.page(type, given, {
        base,
        isLenient: /\bhandling=lenient\b/.test(req.get('prefer') ?? ''),
        mayRead: (other: RecordType) => may(other, 'r'),
        mustRead: (other: RecordType) => {
          if (!may(other, 's')) throw outsideScope(other, 's');
        },
      }),
    );
    const language = req.acceptsLanguages('en', 'ja') === 'ja' ? 'ja' : 'en';
    return { body: searchBundle(base, type, page, language) };
  };
