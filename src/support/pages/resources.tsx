import type { JSX } from 'preact';
import type { AreaNames } from '../../directory/areas.ts';
import { CapacityMark, FreshnessMark } from '../../directory/pages/parts.tsx';
import { interests as allInterests, isInterest } from '../../directory/interests.ts';
import { asIs, type Sentence } from '../../kernel/sentence.ts';
import { reasonSentence, type Ranked, type Wish } from '../../matching/rank.ts';
import { needLabel, needs as allNeeds } from '../../programs/needs.ts';
import {
  Button,
  CheckField,
  emptyForm,
  Form,
  HiddenFields,
  SelectField,
  TextField,
} from '../../web/form.tsx';
import { Empty, Panel, PhoneLink } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { isWritable } from '../case.ts';
import { findWords as text } from '../request-text.ts';
import { caseFrame, Folded, type CaseProps } from './frame.tsx';
import { needKey } from './goals.tsx';

type Props = CaseProps &
  Readonly<{
    wish: Wish;
    /** What is known of the person: the choices that stand open. */
    known: Readonly<{ needs: Wish['needs']; interests: readonly string[] }>;
    found: readonly Ranked[];
    /** Ids of the resources ticked before one of them was looked at. */
    picked: readonly string[];
    areas: AreaNames;
    /** The value of the area that is looked through: a municipality, or a medical area. */
    area: string;
    unseen: number;
  }>;

/** Resources for a person, each with why it stands there; those that are ticked can be asked. */
export const resourcesPage = (props: Props): string =>
  caseFrame({
    ...props,
    page: text.page,
    current: 'resources',
    children: (
      <div class="search-and-found">
        <SearchForm {...props} />
        <Found {...props} />
      </div>
    ),
  });

type Choice = Readonly<{ value: string; label: Sentence }>;

function SearchForm({ view, one, wish, known, areas, area }: Props): JSX.Element {
  const state = emptyForm({
    need: wish.needs.map(needKey),
    interest: [...wish.interests],
    area,
    words: wish.words ?? '',
  });
  const field = { view, state, mark: false };
  const needs = allNeeds.map((n): Choice => ({ value: needKey(n), label: n.label }));
  const likes = Object.entries(allInterests).map(([value, label]): Choice => ({ value, label }));
  const openNeeds = [...known.needs, ...wish.needs].map(needKey);
  const openLikes = [...known.interests, ...wish.interests];
  return (
    <Panel view={view} title={text.look}>
      <Form view={view} action={`/referrals/${one.task.id}/resources`} method="get">
        <HiddenFields values={{ asked: '1' }} />
        <Choices
          field={{ ...field, name: 'need' }}
          label={text.needs}
          more={text.otherNeeds}
          all={needs}
          open={openNeeds}
        />
        <Choices
          field={{ ...field, name: 'interest' }}
          label={text.interests}
          more={text.otherInterests}
          all={likes}
          open={openLikes}
        />
        <SelectField
          {...field}
          name="area"
          label={text.municipality}
          empty={false}
          width="full"
          options={[...areas].map(([value, label]) => ({ value, label }))}
        />
        <TextField
          {...field}
          name="words"
          label={text.words}
          hint={text.wordsHint}
          type="search"
          maxLength={80}
        />
        <Button>{view.t(text.search)}</Button>
      </Form>
    </Panel>
  );
}

/** What is known of the person stands open; everything else is folded away. */
function Choices(
  props: Readonly<{
    field: Readonly<{ view: View; state: ReturnType<typeof emptyForm>; mark: boolean; name: string }>;
    label: Sentence;
    more: Sentence;
    all: readonly Choice[];
    open: readonly string[];
  }>,
): JSX.Element {
  const { field, label, more, all, open } = props;
  const shown = all.filter((c) => open.includes(c.value));
  const rest = all.filter((c) => !open.includes(c.value));
  return (
    <>
      {shown.length === 0 ? null : <CheckField {...field} label={label} options={shown} />}
      <Folded label={field.view.t(more)}>
        <CheckField {...field} label={more} options={rest} />
      </Folded>
    </>
  );
}

function Found({ view, one, found, picked }: Props): JSX.Element {
  if (found.length === 0) return <Empty view={view} title={text.none} next={view.t(text.noneNext)} />;
  const mayAsk = isWritable(one);
  return (
    <Form view={view} action={`/referrals/${one.task.id}/requests`} method="get">
      <HiddenFields values={{ search: searchOf(view) }} />
      <div class="found-head">
        <h2>{view.t(text.found(found.length))}</h2>
        {mayAsk ? <p class="soft">{view.t(text.foundLead)}</p> : null}
      </div>
      <ul class="found">
        {found.map((ranked) => (
          <FoundItem
            key={ranked.resource.id}
            view={view}
            task={one.task.id}
            ranked={ranked}
            mayAsk={mayAsk}
            picked={picked.includes(ranked.resource.id)}
          />
        ))}
      </ul>
      {mayAsk ? (
        <div class="found-foot">
          <Button>{view.t(text.ask)}</Button>
          <p class="soft">{view.t(text.askHint)}</p>
        </div>
      ) : null}
    </Form>
  );
}

/** What was searched for, to come back to. */
function searchOf({ path }: View): string {
  const query = new URLSearchParams(path.split('?')[1]);
  query.delete('none');
  query.delete('resource');
  return query.toString();
}

const nameOf = (named: { kind: 'need' | 'interest'; code: string }): Sentence =>
  named.kind === 'need'
    ? needLabel(named.code)
    : isInterest(named.code)
      ? allInterests[named.code]
      : asIs(named.code);

function FoundItem(
  props: Readonly<{ view: View; task: string; ranked: Ranked; mayAsk: boolean; picked: boolean }>,
): JSX.Element {
  const { view, mayAsk } = props;
  const { resource, reasons } = props.ranked;
  const id = `pick-${resource.id}`;
  const place = [resource.availability, resource.place?.name, resource.place?.address].filter(Boolean);
  return (
    <li class="found-item">
      {mayAsk ? (
        <div class="found-pick">
          <input type="checkbox" id={id} name="resource" value={resource.id} checked={props.picked} />
          <label for={id}>
            <span class="unseen">{view.t(text.pick(resource.name))}</span>
          </label>
        </div>
      ) : null}
      <div class="found-body">
        <p class="found-name">
          {/* A button that looks like a link: it takes along what is ticked, so that the way back has it. */}
          <button
            type="submit"
            class="as-link"
            formaction={`/resources/${resource.id}`}
            name="case"
            value={props.task}
          >
            {resource.name}
          </button>{' '}
          <CapacityMark view={view} capacity={resource.capacity} />
        </p>
        {resource.summary === '' ? null : <p>{resource.summary}</p>}
        <ul class="reasons">
          {reasons
            .filter(({ kind }) => !isMarked(kind))
            .map((reason, i) => (
              <li key={i}>{view.t(reasonSentence(reason, nameOf))}</li>
            ))}
        </ul>
        <p class="found-facts">
          {place.length === 0 ? null : <span>{place.join(view.language === 'ja' ? '　' : ', ')}</span>}
          <span>{resource.fee ?? view.t(text.noFee)}</span>
          {resource.contact.phone === undefined ? null : <PhoneLink number={resource.contact.phone} />}
          <FreshnessMark view={view} resource={resource} />
        </p>
      </div>
    </li>
  );
}

/** Said beside the name by the marks of capacity and freshness. */
const isMarked = (kind: Ranked['reasons'][number]['kind']): boolean =>
  kind === 'full' || kind === 'waiting' || kind === 'stale';
