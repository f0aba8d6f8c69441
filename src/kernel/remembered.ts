/**
 * The same function, which reads each object once and from then on remembers what it made of it, as long as the object
 * lives. For what is loaded and never changes, such as a form.
 */
export function remembered<From extends object, Made extends object>(
  make: (from: From) => Made,
): (from: From) => Made {
  const made = new WeakMap<From, Made>();
  return (from) => {
    const before = made.get(from);
    if (before !== undefined) return before;
    const now = make(from);
    made.set(from, now);
    return now;
  };
}
