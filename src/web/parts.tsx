/** The pieces pages are put together from. None of them knows what a page is about. */
export type { Content } from './content.ts';
export { CheckAnswers, Confirmation, Empty, Facts, Panel } from './panels.tsx';
export { Notice } from './notice.tsx';
export { isPictureName, NeedPicture, type PictureName } from './pictures.tsx';
export { Progress, Steps, Tabs, Timeline, type TimelineItem } from './sequence.tsx';
export { Status, type ShapeName, type Tone } from './status.tsx';
export { Pager, Table, type Column, type Row } from './table.tsx';
export { Buttons, LinkButton, PhoneLink, PrintButton, WebLink } from './buttons.tsx';
