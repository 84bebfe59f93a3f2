import { createRemoteJWKSet, jwtVerify } from 'jose';

const issuer = process.env.PASSPORT_ISSUER ?? 'https://login.example.com';
const audience = process.env.PASSPORT_AUDIENCE ?? 'weapp-passport';
const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), { cacheMaxAge: 300_000 });

/**
 * Throws for anything but a valid access token: answer 401.
 * @param {string} token the text after `Bearer ` in the header `Authorization`
 */
export async function verifyAccessToken(token) {
  const { payload } = await jwtVerify(token, keys, {
    algorithms: ['ES256'],
    issuer,
    audience,
    requiredClaims: ['exp', 'sub', 'client_id'],
  });
  if (payload.token_type !== 'access') throw new Error('this is not an access token');
  return { userId: payload.sub, appid: payload.client_id };
}
