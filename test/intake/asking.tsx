import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Questionnaire } from '@medplum/fhirtypes';
import express from 'express';
import helmet from 'helmet';
import { changeRows, readAnswers } from '../../src/intake/answers.ts';
import { readQuestionnaire } from '../../src/intake/form.ts';
import { QuestionFields, SectionFields } from '../../src/intake/pages.tsx';
import { assets } from '../../src/web/assets.ts';
import { Button, ErrorSummary, Form } from '../../src/web/form.tsx';
import { Frame, renderPage } from '../../src/web/frame.tsx';
import { makeView } from '../../src/web/view.ts';

const self = ["'self'"];
const directives = { defaultSrc: self, imgSrc: ["'self'", 'data:'], styleSrc: self, scriptSrc: self };

/** A page that asks a form, without anything around it: for a real browser. */
export async function serveForms(
  forms: Readonly<Record<string, Questionnaire>>,
): Promise<Readonly<{ base: string; stop: () => Promise<void> }>> {
  const app = express()
    .use(helmet({ contentSecurityPolicy: { useDefaults: false, directives } }), assets())
    .use(express.urlencoded({ extended: false, parameterLimit: 2000 }));
  for (const [name, form] of Object.entries(forms))
    app.all(`/${name}`, (req, res) => {
      const language = 'en' in req.query ? 'en' : 'ja';
      const view = makeView({
        language,
        path: `/${name}`,
        now: new Date('2026-11-20T10:00:00+09:00'),
        csrf: 'x',
      });
      const body = req.body as unknown;
      const moved = req.method === 'POST' ? changeRows(form, body) : { answers: {} };
      const read = moved ? { ...moved, issues: [] } : { ...readAnswers(form, body), typed: body };
      const model = readQuestionnaire(form, language);
      const state = { values: {}, issues: read.issues };
      res.status(read.issues.length > 0 ? 422 : 200).send(
        renderPage(
          <Frame view={view} title={model.title} state={state} plain={'tablet' in req.query}>
            <ErrorSummary view={view} state={state} />
            <Form view={view} action={`/${name}`}>
              {'tablet' in req.query ? (
                <SectionFields
                  view={view}
                  model={model}
                  section={model.sections[0]?.linkId ?? ''}
                  {...read}
                />
              ) : (
                <QuestionFields view={view} model={model} {...read} />
              )}
              <Button>送る</Button>
            </Form>
          </Frame>,
        ),
      );
    });
  const server = await new Promise<Server>((done) => {
    const listening = app.listen(0, '127.0.0.1', () => {
      done(listening);
    });
  });
  return {
    base: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => {
          done();
        });
      }),
  };
}
