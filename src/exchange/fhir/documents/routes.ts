import { Router, type Request, type Response } from 'express';
import type { Bearer } from '../../../access/tokens.ts';
import type { OpenRecords } from '../../../fhir/records.ts';
import type { ValidateResource } from '../../../fhir/validate.ts';
import { send } from '../answer.ts';
import { languageOf, onceKey } from '../asked.ts';
import { jsonBody } from '../door.ts';
import type { Letters } from './letters.ts';
import { takeDocument } from './take.ts';

type Needs = Readonly<{ open: OpenRecords; validate: ValidateResource; letters: Letters; base: string }>;

/** `POST /Bundle` with a document: the referral that it is. What was posted once is told again where it led. */
export const documentRoutes = ({ open, validate, letters, base }: Needs): Router =>
  Router().post('/', jsonBody, async (req: Request, res: Response) => {
    const { actor, may } = res.locals['bearer'] as Bearer;
    const taking = {
      body: req.body as unknown,
      bytes: (res.locals['bytes'] as Buffer | undefined) ?? Buffer.alloc(0),
      may,
      language: languageOf(req),
    };
    const { task, isNew, outcome } = await open(
      actor,
      (records) => takeDocument(records, { validate, letters, base }, taking),
      { once: onceKey(req) },
    );
    send(res, {
      status: isNew ? 201 : 200,
      headers: { Location: `${base}/Task/${task}` },
      body: outcome,
    });
  });
