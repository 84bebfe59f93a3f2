import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { secretWeakness } from './secret-weakness.js';

const PUBLISHED = /^is published/;
const PLACEHOLDER = /^looks like a placeholder/;

describe('the weakness of a secret', () => {
  it.each([
    '<random_string_at_least_32_characters_long>',
    '<the 48 bytes that you have made of them>',
    '{{ vault.passport.key.of.the.service }}',
    '${PASSPORT_KEY_FROM_THE_ENVIRONMENT}',
    '$(head -c 48 /dev/urandom | base64 -w0)',
    '`head -c 48 /dev/urandom | base64 -w0`',
    'change-me-to-something-long-and-unguessable',
    'CHANGEME_CHANGEME_CHANGEME_CHANGEME',
    'your-256-bit-key-goes-here-0123456789',
    'a-string-secret-at-least-256-bits-long',
    'super-secret-jwt-token-with-at-least-32-characters-long',
    'django-insecure-&o#8s!3v(7x^b1l@5z_k2w$q9m+e4t0n',
    'DO NOT USE THIS VALUE. INSTEAD, CREATE A COMPLEX SECRET AND KEEP IT SAFE OUTSIDE OF THE SOURCE CODE.',
    'SecretKey012345678901234567890123456789012345678901234567890123456789',
    'todo-ask-the-operator-for-a-key-and-set-it',
    '请替换为至少三十二个字节的密钥',
    'x'.repeat(64),
    'abc123'.repeat(8),
    'a1b2c3d4e5f6g7h8'.repeat(3),
    '0123456789abcdef0123456789abcdef',
    'abcdefghijklmnopqrstuvwxyz0123456789',
    'qwertyuiopasdfghjklzxcvbnm1234567890',
    'zyxwvutsrqponmlkjihgfedcba9876543210',
    'passportpassportpassportpassport2026',
    '00000000-0000-0000-0000-000000000000',
    '"<random_string_at_least_32_characters_long>"',
    Buffer.from('my password is better than yours').toString('base64'),
    Buffer.from('change-me-to-something-long').toString('hex'),
  ])('is found in a placeholder: %s', (secret) => {
    expect(secretWeakness(secret)).toMatch(PLACEHOLDER);
  });

  it.each([
    '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7',
    '192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf',
    '404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970',
    '413F4428472B4B6250655368566D5970337336763979244226452948404D6351',
    '5367566B59703373367639792F423F4528482B4D6251655468576D5A71347437',
    'sk-9f73s3ljTXVcMT3Blb3ljTqtsKiGHXVcMT3BlbkFJLK7U',
    'UpNVntn3cDxHJpq99YMc1T1AQgQpc8kfYTuRgBiYa15BLrx8etQoXz3gZv1/u2oq',
    '255d861b-5ea1-5996-9aa3-922530ec40b1',
    '6116487b-cda1-52c2-b5b5-c8022c45e263',
    'c292a0a3aa32397cdb050e233733900f',
    '46BKJoQYlPPOexq0OhDZnIlNepKFf87WFwLbfzqDDho=',
    'edd1c9f034335f136f87ad84b625c8f1',
    '4054f7cf07e344346cd3f287985e76a2',
    'VGhpc0lzTXlDdXN0b21TZWNyZXRLZXkwMTIzNDU2Nzg=',
    'OQINaROshtE9TcZkNAm-5Zs2Pv3xaWytBmc5W7sPX7w=',
    'Zr8vLx2mNc5bQw9eTy7uJk4hGf1dSa6pQz3xVw0n',
    "'edd1c9f034335f136f87ad84b625c8f1'",
  ])('is found in a secret that is published: %s', (secret) => {
    expect(secretWeakness(secret)).toMatch(PUBLISHED);
  });

  it('is not found in random bytes, however they are written', () => {
    const refused = Array.from({ length: 300 }, (_, seed) => {
      const bytes = createHash('sha384').update(`${seed}`).digest();
      const digits = [...bytes].map((byte) => byte % 10).join('');
      return [
        bytes.toString('base64'),
        bytes.toString('base64url'),
        bytes.toString('hex'),
        bytes.subarray(0, 16).toString('hex'),
        bytes.subarray(0, 24).toString('base64'),
        digits,
      ];
    })
      .flat()
      .filter((secret) => secretWeakness(secret) !== undefined);
    expect(refused).toEqual([]);
  });
});
