import type { Sentence } from '../../src/kernel/sentence.ts';
import { BarChart } from '../../src/web/chart.tsx';
import * as form from '../../src/web/form.tsx';
import { Frame, renderPage } from '../../src/web/frame.tsx';
import * as parts from '../../src/web/parts.tsx';
import { makeView, type View, type ViewGiven } from '../../src/web/view.ts';

export const words = (ja: string, en: string): Sentence => ({ ja, en });

export const viewOf = (given: Partial<ViewGiven> = {}): View =>
  makeView({
    language: 'ja',
    path: '/here',
    now: new Date('2026-11-20T10:00:00+09:00'),
    csrf: 'token',
    who: { name: '佐藤 みどり', post: '相談員', organization: '架空センター' },
    nav: [{ href: '/list', label: words('一覧', 'List'), current: true, count: 12 }],
    demo: true,
    ...given,
  });

const options = [
  { value: 'a', label: words('はい', 'Yes'), hint: words('毎日', 'Daily'), picture: 'meal' as const },
  { value: 'b', label: words('いいえ', 'No') },
];

/** A page with every component on it. */
export function everything(view: View, state: form.FormState): string {
  const field = { view, state };
  const when = { behavior: 'any', conditions: [{ question: 'one', operator: '=', answer: 'a' }] } as const;
  return renderPage(
    <Frame
      {...field}
      title={words('すべての部品', 'Every part')}
      back={{ href: '/list', label: words('一覧へ', 'Back to the list') }}
      lead={words('見本です。', 'A sample.')}
      actions={<parts.PrintButton view={view} />}
    >
      <form.ErrorSummary {...field} />
      <form.Form view={view} action="/here" once="key" multipart>
        <form.TextField {...field} name="text" label={words('文字', 'Text')} hint="…" required unit="円" />
        <form.TextArea {...field} name="area" label={words('長い文', 'Long text')} />
        <form.SelectField {...field} name="list" label={words('一覧', 'List')} options={options} />
        <form.RadioField
          {...field}
          name="one"
          label={words('一つ', 'One')}
          options={options}
          required
          inline
        />
        <form.Dependent when={when}>
          <form.TextField
            {...field}
            name="more"
            label={words('くわしく', 'More')}
            whom={words('（「はい」と答えた方）', '(if you said yes)')}
          />
        </form.Dependent>
        <form.TextField {...field} name="days" label={words('日数', 'Days')} inputMode="numeric" />
        <form.Dependent
          when={{ behavior: 'any', conditions: [{ question: 'days', operator: '<=', answer: '2' }] }}
        >
          <form.TextField {...field} name="why" label={words('わけ', 'Why')} />
        </form.Dependent>
        <form.CheckField
          {...field}
          name="several"
          label={words('いくつでも', 'Any')}
          options={[
            ...options,
            { value: 'none', label: words('どれもない', 'None of them'), exclusive: true },
          ]}
          hint="…"
        />
        <form.DateField {...field} name="date" label={words('日付', 'Date')} hint="…" required />
        <form.FileField {...field} name="file" label={words('写し', 'Copy')} accept="image/*" />
        <form.SignatureField {...field} name="sign" label={words('署名', 'Signature')} />
        <form.SingleCheck {...field} name="yes" label={words('確認しました', 'Confirmed')} required />
        <form.HiddenFields values={{ kept: ['1', '2'], none: undefined }} />
        <form.Buttons>
          <form.Button>{view.t(words('送る', 'Send'))}</form.Button>
          <form.Button kind="danger" name="move" value="drop">
            {view.t(words('取り消す', 'Discard'))}
          </form.Button>
          <form.LinkButton href="/list" kind="secondary">
            {view.t(words('やめる', 'Leave'))}
          </form.LinkButton>
        </form.Buttons>
      </form.Form>
      <parts.Steps
        view={view}
        steps={[
          { label: words('初め', 'First'), state: 'done', href: '/1' },
          { label: words('次', 'Next'), state: 'current' },
        ]}
      />
      <parts.Tabs
        view={view}
        label={words('切替', 'Views')}
        tabs={[{ href: '/new', label: words('新着', 'New'), current: true, count: 3 }]}
      />
      <parts.Notice view={view} kind="warning" title={words('期限は明日です', 'Due tomorrow')} />
      <parts.Table
        view={view}
        caption={words('一覧', 'List')}
        columns={[
          { label: words('氏名', 'Name') },
          { label: words('数', 'Number'), kind: 'number' },
          { label: words('状態', 'State') },
        ]}
        rows={[
          {
            key: '1',
            tone: 'bad',
            cells: [
              <a href="/1">髙橋 はな</a>,
              '3',
              <parts.Status shape="half" tone="info">
                連絡中
              </parts.Status>,
            ],
          },
        ]}
      />
      <parts.Pager view={view} previous="/1" next="/3" says="21–40" />
      <parts.Panel
        view={view}
        title={words('経過', 'History')}
        aside={<a href="/1">{view.t(words('変更', 'Change'))}</a>}
      >
        <parts.Facts
          view={view}
          rows={[
            [words('電話', 'Phone'), <parts.PhoneLink number="018-000-0000" />],
            ['—', ''],
          ]}
        />
        <parts.CheckAnswers
          view={view}
          rows={[{ label: words('理由', 'Reason'), value: '…', changeHref: '/1' }]}
        />
        <parts.Timeline
          items={[{ at: '11月20日', datetime: '2026-11-20', title: '…', body: '…', tone: 'good' }]}
        />
        <parts.Progress view={view} value={1} max={3} label={words('3つのうち1つ', '1 of 3')} />
        <parts.Empty
          view={view}
          title={words('まだありません', 'Nothing yet')}
          next={<a href="/1">{view.t(words('加える', 'Add'))}</a>}
        />
        <BarChart
          view={view}
          title={words('件数', 'Cases')}
          rows={[
            { label: 'A', value: 12, shown: '12' },
            { label: 'B', value: undefined, shown: '…' },
          ]}
        />
        <parts.NeedPicture name="house" large />
      </parts.Panel>
    </Frame>,
  );
}
