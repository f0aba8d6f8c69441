import { Router } from 'express';
import { z } from 'zod';
import { idIn } from '../../access/request.ts';
import { field, type Visit } from '../../access/visit.ts';
import { asOnPaper, isAskedFor } from '../../consent/as-on-paper.tsx';
import { consentSchema, readProof } from '../../consent/form.ts';
import { postsOf } from '../../consent/queries.ts';
import { lastDay } from '../../consent/term.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { notFound, Refused, type Issue } from '../../kernel/problem.ts';
import { registrationSchema } from '../../people/form.ts';
import { municipalities } from '../../people/queries.ts';
import { readOrganization, readPost } from '../../people/record.ts';
import { PossiblyKnown } from '../../people/service.ts';
import { urgencies } from '../../programs/program.ts';
import { choice, emptyForm, formAgain, readForm, textField, tick, type FormState } from '../../web/form.tsx';
import { html, seeOther, type Reply } from '../../web/replies.ts';
import { talkSchema } from '../form.ts';
import { ageBands, helpers } from '../model.ts';
import { referPage, talksPage } from '../pages/talks.tsx';
import { readHolder } from '../programs.ts';
import { readGathering, talksAt } from '../queries.ts';
import { refer } from '../refer.ts';
import { noteTalk, readTalk } from '../talk.ts';
import { talkText as text } from '../talk-text.ts';
import { viewSaid, type SessionNeeds } from './part.ts';

const referrers = ['linkworker'] as const;

const Why = z.object({
  reason: textField({ max: 1000, required: text.reasonMissing }),
  urgency: choice(urgencies),
  another: tick(),
});

/** `/sessions/:id/contacts`: talks with whoever drops in, and how one of them becomes a referral. */
export function talkRoutes({ open, pages, programs, now }: SessionNeeds): Router {
  const around = (visit: Visit) =>
    open(visit.actor, async (records) => {
      const one = await readGathering(records, idIn(visit.req));
      const program = (await readHolder(records, programs)).programs.find(({ id }) => id === one.program);
      if (program?.sessions.contacts === undefined) throw notFound();
      return { one, program, talks: await talksAt(records, one.id) };
    });
  const draw = async (visit: Visit, state: FormState): Promise<string> => {
    const mayRefer = visit.actor.role === 'linkworker';
    const view = viewSaid(visit, { recorded: text.said });
    return talksPage({ view, state, once: visit.newId(), mayRefer, ...(await around(visit)) });
  };

  const readReferring = (visit: Visit) =>
    open(visit.actor, async (records) => {
      const one = await readGathering(records, idIn(visit.req));
      const program = (await readHolder(records, programs)).programs.find(({ id }) => id === one.program);
      if (program?.sessions.contacts === undefined) throw notFound();
      const talk = await readTalk(records, one.id, idIn(visit.req, 'contact'));
      const towns = (await municipalities(records)).map(readOrganization);
      const posts = (await postsOf(records, visit.actor.organization)).map(readPost);
      return { one, program, talk, towns, posts };
    });
  const ask = async (visit: Visit, state?: FormState, isKnown = false): Promise<string> => {
    const shown = await readReferring(visit);
    const { talk, program, one } = shown;
    const names = talk.topics.flatMap(
      (code) => program.sessions.contacts?.topics.find((topic) => topic.code === code)?.name.ja ?? [],
    );
    const first = emptyForm({
      municipality: one.municipality ?? '',
      reason: `${one.title}での相談：${names.join('、')}`,
      urgency: 'routine',
      explainedBy: visit.actor.post ?? '',
      until: lastDay(dayInTokyo(now()), program.consentTerms.months),
    });
    return referPage({
      view: visit.view,
      state: state ?? (await visit.filled(first)),
      once: visit.newId(),
      isKnown,
      ...shown,
    });
  };

  const referNow = async (visit: Visit): Promise<Reply> => {
    const { actor, req, once } = visit;
    const { program, talk, towns, posts } = await readReferring(visit);
    if (isAskedFor(req.body)) return html(await ask(visit, asOnPaper(program, req.body)));
    const person = readForm(registrationSchema(now(), towns), req.body);
    const why = readForm(Why, req.body);
    const consent = readForm(
      consentSchema(
        dayInTokyo(now()),
        posts.map(({ id }) => id),
      ),
      req.body,
    );
    const proof = await readProof(field(req, 'evidence'), field(req, 'signature'), undefined);
    const issues: readonly Issue[] = [
      ...[person, why, consent].flatMap((one) => (one.ok ? [] : one.state.issues)),
      ...(proof && 'fault' in proof ? [proof.fault] : []),
    ];
    if (!person.ok || !why.ok || !consent.ok || !proof || 'fault' in proof)
      return html(await ask(visit, formAgain(req.body, issues)), 422);
    try {
      const task = await open(
        actor,
        (records) =>
          refer(records, program, talk, {
            registration: person.data,
            another: why.data.another,
            consent: consent.data,
            proof: proof.proof,
            reason: why.data.reason,
            urgency: why.data.urgency,
          }),
        { once },
      );
      return seeOther(`/referrals/${task}`);
    } catch (error) {
      if (error instanceof PossiblyKnown) return html(await ask(visit, formAgain(req.body, []), true), 422);
      if (error instanceof Refused && error.problem.kind === 'invalid')
        return html(await ask(visit, formAgain(req.body, error.problem.issues)), 422);
      throw error;
    }
  };

  return Router()
    .get(
      '/sessions/:id/contacts',
      pages.forRoles(helpers, async (visit) => html(await draw(visit, emptyForm()))),
    )
    .post(
      '/sessions/:id/contacts',
      pages.forRoles(helpers, async (visit) => {
        const { program, one } = await around(visit);
        const codes = (program.sessions.contacts?.topics ?? []).map(({ code }) => code);
        const read = readForm(talkSchema(codes), visit.req.body);
        if (!read.ok) return html(await draw(visit, read.state), 422);
        const { topics, minutes, age } = read.data;
        const talk = {
          topics: [...new Set(topics)],
          minutes: Number(minutes),
          ageBand: ageBands.find((band) => band === age) ?? 'unknown',
        } as const;
        await open(visit.actor, (records) => noteTalk(records, one.id, talk).then(() => null), {
          once: visit.once,
        });
        return seeOther(`/sessions/${one.id}/contacts?said=recorded`);
      }),
    )
    .get(
      '/sessions/:id/contacts/:contact/referral',
      pages.forRoles(referrers, async (visit) => html(await ask(visit))),
    )
    .post('/sessions/:id/contacts/:contact/referral', pages.forRoles(referrers, referNow));
}
