import * as oidc from 'openid-client';
import type { OutsideSignIn } from '../../kernel/config.ts';

/** What was asked, to hold the answer against. */
export type Question = Readonly<{ state: string; nonce: string; verifier: string }>;

/** Who somebody is at the sign-in service. */
export type Identity = Readonly<{
  issuer: string;
  subject: string;
  /** Only an address that the service has verified. */
  email: string | undefined;
  /** What the person will recognize. */
  label: string;
  /** The service asked for more than a password (RFC 8176, `mfa`). */
  twoProofs: boolean;
}>;

export type Issuer = ReturnType<typeof makeIssuer>;

/**
 * The sign-in service of a municipality or employer: OpenID Connect, authorization code with PKCE, state and nonce. The
 * signature of what it says is checked with its published keys, although it arrives over TLS.
 */
export function makeIssuer(given: OutsideSignIn, publicUrl: string) {
  const redirect = `${publicUrl}/sign-in/outside/callback`;
  let known: Promise<oidc.Configuration> | undefined;
  /** Its addresses and keys are read at the first use, and again when that failed. */
  const configuration = (): Promise<oidc.Configuration> => {
    const found =
      known ??
      oidc.discovery(
        new URL(given.issuer),
        given.clientId,
        undefined,
        oidc.ClientSecretBasic(given.clientSecret),
        {
          timeout: 10,
          execute: [
            oidc.enableNonRepudiationChecks,
            // To try it out on one machine; the start refuses such an issuer in production. The library calls this
            // deprecated so that nobody overlooks it.
            // oxlint-disable-next-line typescript/no-deprecated
            ...(given.issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []),
          ],
        },
      );
    known = found;
    found.catch(() => {
      known = undefined;
    });
    return found;
  };

  return {
    /** Where to send the browser, and what to remember until it comes back. */
    ask: async (): Promise<Readonly<{ to: URL; question: Question }>> => {
      const question = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const to = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirect,
        scope: 'openid email profile',
        state: question.state,
        nonce: question.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(question.verifier),
        code_challenge_method: 'S256',
      });
      return { to, question };
    },

    /** Who came back; throws for an answer to another question, of another issuer, for another client, or forged. */
    answer: async (path: string, question: Question): Promise<Identity> => {
      const tokens = await oidc.authorizationCodeGrant(await configuration(), new URL(path, publicUrl), {
        expectedState: question.state,
        expectedNonce: question.nonce,
        pkceCodeVerifier: question.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('The sign-in service sent no identity.');
      const { email, name, amr } = claims;
      const verified = typeof email === 'string' && claims['email_verified'] === true ? email : undefined;
      return {
        issuer: claims.iss,
        subject: claims.sub,
        email: verified,
        label: verified ?? (typeof name === 'string' ? name : claims.sub),
        twoProofs: Array.isArray(amr) && amr.includes('mfa'),
      };
    },
  };
}
