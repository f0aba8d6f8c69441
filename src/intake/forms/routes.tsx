import { Router, type Request, type RequestHandler } from 'express';
import { idIn } from '../../access/request.ts';
import type { ValidateResource } from '../../fhir/validate.ts';
import { notFound, Refused, type Issue } from '../../kernel/problem.ts';
import { emptyForm, formAgain } from '../../web/form.tsx';
import { html, seeOther } from '../../web/replies.ts';
import { uploadIn, uploads } from '../../web/upload.ts';
import { failuresOf } from '../failing.ts';
import type { IntakeNeeds } from '../needs.ts';
import type { OwnValueSet } from './bundled.ts';
import { checkForm } from './check.ts';
import { checkedPage, formPage, formsPage, unusablePage } from './pages.tsx';
import { formsInUse, largestForm, ownForms, putIntoUse, readForm, retire } from './service.ts';
import { text } from './text.ts';

const keepers = ['admin'] as const;

/** Where an administrator loads forms made elsewhere, looks at them, and puts them into and out of use. */
export function formRoutes({
  open,
  pages,
  programs,
  validate,
  ownValueSet,
}: IntakeNeeds & Readonly<{ validate: ValidateResource; ownValueSet: OwnValueSet }>): Router {
  const own = ownForms(programs);
  return Router()
    .get(
      '/forms',
      pages.forRoles(keepers, async ({ actor, view }) => {
        const forms = await open(actor, (records) => formsInUse(records, own));
        return html(formsPage({ view, forms, state: emptyForm() }));
      }),
    )
    .post(
      '/forms/check',
      pages.forRoles(
        keepers,
        async ({ actor, view, req, newId }) => {
          const json = uploadIn(req, 'file')?.bytes.toString('utf8') ?? sent(req, 'json');
          if (json.trim() === '') {
            const forms = await open(actor, (records) => formsInUse(records, own));
            const refused = (req as Reading).refused?.map(({ says }) => ({ path: 'file', says }));
            const issues = refused ?? [{ path: 'file', says: text.nothing }];
            return html(formsPage({ view, forms, state: formAgain(req.body, issues) }), 422);
          }
          const { form, faults, lacking } = readForm(json, validate, ownValueSet);
          if (form === undefined) return html(unusablePage(view, faults), 422);
          return html(checkedPage({ view, form, lacking, json, state: emptyForm(), once: newId() }));
        },
        readUpload,
      ),
    )
    .post(
      '/forms',
      pages.forRoles(keepers, async ({ actor, view, req, once, newId }) => {
        const json = Buffer.from(sent(req, 'form'), 'base64url').toString('utf8');
        const { form, faults, lacking } = readForm(json, validate, ownValueSet);
        if (form === undefined) return html(unusablePage(view, faults), 422);
        if (lacking.length > 0 && sent(req, 'understood') === '') {
          const state = formAgain({}, [{ path: 'understood', says: text.mustUnderstand }]);
          return html(checkedPage({ view, form, lacking, json, state, once: newId() }), 422);
        }
        const id = await open(actor, (records) => putIntoUse(records, form), { once });
        return seeOther(`/forms/${id}`);
      }),
    )
    .get(
      '/forms/:form',
      pages.forRoles(keepers, async ({ actor, view, req, newId }) => {
        const { form, failing } = await open(actor, async (records) => {
          const asked = await records.read('Questionnaire', idIn(req, 'form'));
          return { form: asked, failing: await failuresOf(records, asked) };
        });
        if (own.has(form.url ?? '')) throw notFound();
        return html(formPage({ view, form, lacking: checkForm(form).lacking, failing, once: newId() }));
      }),
    )
    .post(
      '/forms/:form/retire',
      pages.forRoles(keepers, async ({ actor, req, once }) => {
        const id = idIn(req, 'form');
        await open(actor, (records) => retire(records, id).then(() => null), { once });
        return seeOther(`/forms/${id}`);
      }),
    );
}

const read = uploads(largestForm);
type Reading = Request & { refused?: readonly Issue[] };
/** A file that cannot be read is said at its field. */
const readUpload: RequestHandler = (req, res, next) => {
  read(req, res, (error?: unknown) => {
    if (error instanceof Refused && error.problem.kind === 'invalid') {
      (req as Reading).refused = error.problem.issues;
      next();
    } else next(error);
  });
};
const sent = (req: Request, name: string): string => {
  const body: unknown = req.body;
  const value =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : '';
};
