import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Seals what has to be read again but must not be readable in a copy of the database: the secrets of authenticator apps.
 * AES-256-GCM under a key derived from the service's secret; `about` binds what is sealed to whom it belongs, so that it
 * cannot be moved to somebody else's row.
 */
export type Seal = ReturnType<typeof makeSeal>;

const version = 1;

/**
 * `secrets`, newest first. To change the service's secret: start with the new one and the old one beside it. What the
 * old one sealed is sealed anew when it is next used.
 */
export function makeSeal(secrets: readonly [string, ...string[]]) {
  const keys = secrets.map((secret) =>
    Buffer.from(hkdfSync('sha256', secret, '', `tsunagi seal ${String(version)}`, 32)),
  ) as [Buffer, ...Buffer[]];
  return {
    close: (plain: string, about: string): Buffer => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keys[0], nonce).setAAD(Buffer.from(about));
      const inside = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), inside]);
    },
    /** Undefined for what none of the secrets sealed, for somebody else, or was changed. `old`: not by the newest. */
    open: (sealed: Buffer, about: string): Readonly<{ plain: string; old: boolean }> | undefined => {
      if (sealed.length < 29 || sealed[0] !== version) return undefined;
      for (const [i, key] of keys.entries()) {
        try {
          const plain = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13), { authTagLength: 16 })
            .setAAD(Buffer.from(about))
            .setAuthTag(sealed.subarray(13, 29));
          return {
            plain: Buffer.concat([plain.update(sealed.subarray(29)), plain.final()]).toString('utf8'),
            old: i > 0,
          };
        } catch {
          // Another key, or none of ours.
        }
      }
      return undefined;
    },
  };
}
