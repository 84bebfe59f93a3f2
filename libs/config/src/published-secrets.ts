import { createHash } from 'node:crypto';

/** The first 9 bytes of the SHA-256 of each secret, base64url. */
const PUBLISHED = new Set([
  'Ge3CBQm7PZ-e', // the tests of version 0.1.0 of this service
  'Vw2tQ94a9Mkl', // FastAPI, tutorial on OAuth2 with JWT
  'JZj31q3BQtiB', // Flask, documentation of its configuration
  'M1TPz2XHsuaE', // Spring Security with JJWT, in many tutorials, as the next two
  'Kh1h1eGZenpk',
  'vwti7aucJe0V',
  'D0SzTGMRvLVH', // Dify, docker-compose.yaml
  'UvAEQ4-veAJ0', // Supabase, docker-compose.yml
  'ZG_n6TNVRaM1', // Directus, docker-compose.yml, as the next one
  'mC9OOgIW85I-',
  'lSR3jslkWPfY', // Redash, default of REDASH_COOKIE_SECRET
  'gYhsxNeQdPbp', // docker-airflow, Fernet key
  'R3onZ_onkx2x', // Apache APISIX, admin keys, as the next one
  'IoqxtggOxBeD',
  'Tee-LSb6Hi5g', // Nacos, documentation of its token secret
  '-2dufB_SzWuv', // oauth2-proxy, cookie secret of its examples
]);

/** Returns whether a secret of at least 32 bytes is in the documentation or the deployment files of a well-known project. */
export const isPublished = (secret: string): boolean =>
  PUBLISHED.has(createHash('sha256').update(secret).digest('base64url').slice(0, 12));
