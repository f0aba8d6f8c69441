import type { JSX } from 'preact';
import { jsxTemplate } from 'preact/jsx-runtime';
import { renderToString } from 'preact-render-to-string';

/**
 * A drawing that is the same wherever it stands, made into text once: a list shows hundreds of them, and every attribute
 * would be examined anew each time. (`jsxTemplate` is what preact's own transform makes of tags without expressions.)
 */
export const still = (drawing: JSX.Element): JSX.Element => jsxTemplate([renderToString(drawing)]);
