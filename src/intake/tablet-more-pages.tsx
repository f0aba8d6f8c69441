import type { Issue } from '../kernel/problem.ts';
import { Button, ErrorSummary, Form, LinkButton } from '../web/form.tsx';
import { renderPage } from '../web/frame.tsx';
import { Notice } from '../web/parts.tsx';
import { QrCode } from '../web/qr.tsx';
import type { Answers } from './answers.ts';
import { NumbersAsked } from './at-once.tsx';
import { comfortText as text } from './comfort-text.ts';
import { Comforts } from './comforts.tsx';
import { asksForFiles } from './files/receive.ts';
import { tabletText } from './page-text.ts';
import { QuestionFields } from './pages.tsx';
import { stepsOf } from './steps.ts';
import type { Opened } from './tablet-open.ts';
import { TabletFrame, WishForm } from './tablet-pages.tsx';

/** All questions on one page: what the browser goes on with when the connection breaks, and sends when it is back. */
export function wholePage(
  props: Readonly<{ opened: Opened; answers: Answers; issues: readonly Issue[]; typed?: unknown }>,
): string {
  const { opened, answers, issues, typed } = props;
  const { view, model, base, wishes } = opened;
  const state = { values: {}, issues };
  return renderPage(
    <TabletFrame opened={opened} title={model.title} state={state} at="answers">
      <ErrorSummary view={view} state={state} />
      <Form view={view} action={`${base}/all`} id="answers" multipart={asksForFiles(model)}>
        <QuestionFields
          aloud
          view={view}
          model={model}
          answers={answers}
          issues={issues}
          typed={typed}
          files={`${base}/files`}
        />
        <NumbersAsked view={view} program={opened.asked.program} steps={stepsOf(model, answers, false)} />
        <div class="buttons">
          <Button>{view.t(tabletText.toCheck)}</Button>
        </div>
        <Comforts
          view={view}
          wishes={wishes}
          form={opened.asked.form}
          tongue={opened.tongue}
          at="answers"
          pace={false}
        />
      </Form>
    </TabletFrame>,
  );
}

/** The same link for another device: the answers so far are there, too. */
export function elsewherePage(props: Readonly<{ opened: Opened; address: string; until: string }>): string {
  const { opened, address, until } = props;
  const { view, base } = opened;
  return renderPage(
    <TabletFrame opened={opened} title={text.elsewhere} lead={text.elsewhereLead} at="wishes">
      <QrCode address={address} label={view.t(text.elsewhere)} />
      <p>{view.t(text.elsewhereUntil(until))}</p>
      <Notice view={view} kind="info" title={text.elsewherePrivate} />
      <LinkButton href={base} kind="secondary">
        {view.t(tabletText.goOn)}
      </LinkButton>
      <WishForm opened={opened} from="" />
    </TabletFrame>,
  );
}

/** The version was taken out of use meanwhile: what was answered is still there, and who can help. */
export function retiredPage(opened: Opened): string {
  const { view, model, asked } = opened;
  return renderPage(
    <TabletFrame opened={opened} title={text.retiredTitle} at="wishes">
      <Notice view={view} kind="warning" title={text.retiredTitle} live>
        <p>{view.t(text.retiredKept)}</p>
        <p>{view.t(text.retiredAs(view.t(model.title), asked.form.version ?? ''))}</p>
      </Notice>
      <WishForm opened={opened} from="" />
    </TabletFrame>,
  );
}
