const faults = ['broken', 'password', 'pages', 'pixels', 'slow', 'empty'] as const;
export type Fault = (typeof faults)[number];

/** Why a file cannot be read as a scan. */
export class Unreadable extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault);
    this.name = 'Unreadable';
    this.fault = fault;
  }
}
