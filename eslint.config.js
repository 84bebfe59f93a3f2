import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { MAY_IMPORT } from './architecture.js';

/** One rule for each part: which of our libs its files may import. */
const oneWay = Object.entries(MAY_IMPORT).map(([part, libs]) => ({
  files: [`${part}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: ['@app/*', ...libs.map((lib) => `!@app/${lib}`)],
            message: `${part} must not import this: architecture.js has the order of the libs.`,
          },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/miniprogram_npm/',
      'test/frameworks/*/',
      'test/frameworks/story.js',
      'test/browser/mini-program/',
      // Generated.
      'packages/client/src/api-types.ts',
      'node_modules/',
      'data/',
      'coverage/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // Nest modules, guards and controllers are classes even when they hold nothing.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Entities and DTOs are classes for their metadata; their instances are plain objects.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      'max-lines': ['error', { max: 250, skipComments: true, skipBlankLines: true }],
    },
  },
  ...oneWay,
  {
    files: ['apps/sandbox/phone/**/*.ts', 'apps/console/**/*.{ts,tsx}'],
    rules: {
      // Much here is a short callback for its effect.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['**/*.mjs', '*.js'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        URL: 'readonly',
      },
    },
  },
);
