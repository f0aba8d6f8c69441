import type { JSX } from 'preact';
import { caseFrame, type CaseProps } from '../../support/pages/frame.tsx';
import { isWritable } from '../../support/case.ts';
import { Button, Form, HiddenFields } from '../../web/form.tsx';
import { Empty, Notice, Panel, Status } from '../../web/parts.tsx';
import { leftOf, waysOf, type Counted, type Place, type Way } from '../model.ts';
import { joinText } from '../join-text.ts';
import { sayWhen, text, wayNames } from '../text.ts';
import { SeatMarks } from './parts.tsx';

export type Held = Readonly<{ id: string; gathering_id: string; way: Way; state: Place['state'] }>;
type Given = CaseProps & Readonly<{ found: readonly Counted[]; held: readonly Held[]; hasMail: boolean }>;

/** Signs the person of a referral up for sessions of the office itself. */
export const casePage = (given: Given): string => {
  const { view, one, found, held } = given;
  const has = found.flatMap((gathering) => {
    const place = held.find(({ gathering_id: id }) => id === gathering.id);
    return place ? [{ gathering, place }] : [];
  });
  const free = found.filter((gathering) => !has.some((each) => each.gathering.id === gathering.id));
  return caseFrame({
    ...given,
    page: text.caseTitle,
    current: 'sessions',
    children: (
      <>
        {has.length === 0 ? null : (
          <Panel view={view} title={text.caseHas}>
            <ul class="entries">
              {has.map(({ gathering, place }) => (
                <Held key={place.id} {...given} gathering={gathering} place={place} />
              ))}
            </ul>
          </Panel>
        )}
        <Panel view={view} title={text.caseChoose}>
          <p>{view.t(text.caseLead)}</p>
          <Notice view={view} kind="info" title={given.hasMail ? text.tellPerson : text.tellNobody} />
          {free.length === 0 ? <Empty view={view} title={text.caseNone} /> : null}
          <ul class="entries">
            {free.map((gathering) => (
              <li key={gathering.id}>
                <p>
                  <strong>{gathering.title}</strong> {sayWhen(gathering, view.language)}
                </p>
                <p>{gathering.place}</p>
                <SeatMarks view={view} one={gathering} />
                {isWritable(one) && gathering.starts_at > view.now ? (
                  <Ways {...given} gathering={gathering} />
                ) : null}
              </li>
            ))}
          </ul>
        </Panel>
      </>
    ),
  });
};

function Ways({ view, one, newId, gathering }: Given & Readonly<{ gathering: Counted }>): JSX.Element {
  return (
    <div class="buttons">
      {waysOf(gathering).map((way) => {
        const does = leftOf(gathering, way) > 0 ? text.caseDo(wayNames[way]) : text.caseWait(wayNames[way]);
        return (
          <Form key={way} view={view} action={`/referrals/${one.task.id}/sessions`} once={newId()}>
            <HiddenFields values={{ session: gathering.id, way }} />
            <button
              type="submit"
              class="button secondary"
              aria-label={view.t(text.caseOf(gathering.title, sayWhen(gathering, view.language), does))}
            >
              {view.t(does)}
            </button>
          </Form>
        );
      })}
    </div>
  );
}

function Held({
  view,
  one,
  newId,
  gathering,
  place,
}: Given & Readonly<{ gathering: Counted; place: Held }>): JSX.Element {
  return (
    <li>
      <p>
        <strong>{gathering.title}</strong> {sayWhen(gathering, view.language)}
      </p>
      <p>
        <Status
          shape={place.state === 'booked' ? 'check' : 'pause'}
          tone={place.state === 'booked' ? 'good' : 'warn'}
        >
          {view.t(place.state === 'booked' ? wayNames[place.way] : joinText.passWaiting)}
        </Status>
      </p>
      {gathering.starts_at > view.now ? (
        <Form view={view} action={`/referrals/${one.task.id}/sessions/cancel`} once={newId()}>
          <HiddenFields values={{ place: place.id }} />
          <Button kind="quiet" small>
            {view.t(text.takeOff)}
          </Button>
        </Form>
      ) : null}
    </li>
  );
}
