import { register } from 'tsx/esm/api';

// The product runs from its sources; a thread does not take that over from whoever starts it.
register();
await import('./worker.ts');
