import { createHmac } from 'node:crypto';
import type { Link } from '../access/links.ts';

/**
 * The key (AES-256) with which a browser keeps answers until they are sent: made anew from the service's secret and the link
 * whenever it is asked for, stored nowhere, and not given any more once the link was used or has run out.
 */
export const keptKey = (secret: string, link: Pick<Link, 'hash'>): Buffer =>
  createHmac('sha256', secret).update('answers kept by a browser').update(link.hash).digest();
