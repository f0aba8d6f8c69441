import { options, type VNode } from 'preact';

const isUnspoken = (child: unknown): boolean =>
  typeof child === 'object' && child !== null && !Array.isArray(child) && 'ja' in child && 'en' in child;

/** `Content` keeps sentences out of our components at compile time. Plain tags take preact's wide type, so there the same mistake is caught while drawing instead of leaving a gap. */
options.vnode = (vnode: VNode) => {
  const { children } = vnode.props;
  if (Array.isArray(children) ? children.some(isUnspoken) : isUnspoken(children))
    throw new TypeError(`<${String(vnode.type)}> was given a sentence without a language: use view.t()`);
};
