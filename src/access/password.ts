import { hash, verify } from '@node-rs/argon2';

/** argon2id with the library's parameters (19 MiB, two passes), OWASP's smallest advised setting. */
export const hashPassword = (password: string): Promise<string> => hash(password);

export async function passwordMatches(stored: string | undefined, given: string): Promise<boolean> {
  // An unknown login costs as much time as a wrong password, so the answer's speed tells nobody who has an account.
  const matches = await verify(stored ?? (await decoy), given.slice(0, 512));
  return stored !== undefined && matches;
}

const decoy = hash('an account that does not exist');
