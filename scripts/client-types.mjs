// The types of the service's answers for the mini-program, made from the OpenAPI document.
import { readFileSync } from 'node:fs';
import { compile } from 'json-schema-to-typescript';
import { format } from 'prettier';

const BANNER = `/*
 * The bodies that the service takes and gives. Generated from docs/openapi.json by \`npm run docs\`: do not edit.
 */`;

/**
 * TypeScript declarations of every schema of the document, and the union \`ProblemCode\`.
 * @param {string} openApi docs/openapi.json
 */
export async function renderClientTypes(openApi) {
  const { schemas } = JSON.parse(openApi, toJsonSchema).components;
  schemas.ProblemCode = {
    ...schemas.Problem.properties.code,
    description: 'A stable code of docs/errors.md.',
  };
  schemas.Problem.properties.code = { $ref: '#/definitions/ProblemCode' };
  const text = await compile({ ...allOf(schemas), definitions: schemas }, 'Schemas', {
    additionalProperties: false,
    bannerComment: BANNER,
    format: false,
  });
  const style = JSON.parse(readFileSync(new URL('../.prettierrc.json', import.meta.url), 'utf8'));
  return format(text, { ...style, parser: 'typescript' });
}

/**
 * One object that names every schema: the generator leaves out what nothing names.
 * @param {Record<string, object>} schemas
 */
function allOf(schemas) {
  const names = Object.keys(schemas);
  return {
    type: /** @type {const} */ ('object'),
    description: 'Every schema by its name.',
    properties: Object.fromEntries(names.map((name) => [name, { $ref: `#/definitions/${name}` }])),
    required: names,
  };
}

/**
 * OpenAPI 3.0 has its own words for null, for examples and for the place of the schemas.
 * @param {string} key
 * @param {any} value
 */
function toJsonSchema(key, value) {
  if (key === '$ref') return value.replace('#/components/schemas/', '#/definitions/');
  return value?.nullable === true ? { ...value, nullable: undefined, type: [value.type, 'null'] } : value;
}
