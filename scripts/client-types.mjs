// Generates the types of the client package from the OpenAPI document.
import { readFileSync } from 'node:fs';
import { compile } from 'json-schema-to-typescript';
import { format } from 'prettier';

const BANNER = `/*
 * The bodies that the service takes and gives. Generated from docs/openapi.json by \`npm run docs\`: do not edit.
 */`;

/**
 * Returns TypeScript declarations of every schema of the document, the union \`ProblemCode\`, and \`Routes\`.
 * @param {string} openApi docs/openapi.json
 */
export async function renderClientTypes(openApi) {
  const { components, paths } = JSON.parse(openApi, toJsonSchema);
  const { schemas } = components;
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
  return format(text + renderRoutes(paths), { ...style, parser: 'typescript' });
}

/**
 * Returns the interface of the bodies of each route, by path and method.
 * @param {Record<string, Record<string, any>>} paths of the document
 */
function renderRoutes(paths) {
  const routes = Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/'))
    .map(([path, methods]) => `${keyOf(path)}: { ${Object.entries(methods).map(renderRoute).join(' ')} };`);
  return `/** Every route by its path and method: the body that it takes and that of its answer. */
    export interface Routes { ${routes.join('\n')} }`;
}

/** @param {[string, any]} route */
function renderRoute([method, { requestBody, responses }]) {
  const success = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
  const body = requestBody ? `body: ${typeOf(requestBody)}; ` : '';
  return `${method.toUpperCase()}: { ${body}answer: ${typeOf(success)} };`;
}

/** @param {any} content of a request or a response */
function typeOf(content) {
  const schema = content?.content?.['application/json']?.schema;
  return schema?.$ref?.replace('#/definitions/', '') ?? 'Readonly<Record<string, unknown>>';
}

/** @param {string} path with parameters as in `/api/sessions/{id}` */
function keyOf(path) {
  const pattern = path.replace(/\{\w+\}/g, '${string}');
  return pattern === path ? `'${path}'` : `[path: \`${pattern}\`]`;
}

/**
 * Returns one object that refers to every schema: the generator omits a schema without a reference.
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
 * Converts what OpenAPI 3.0 writes differently from JSON Schema: null, and the location of the schemas.
 * @param {string} key
 * @param {any} value
 */
function toJsonSchema(key, value) {
  if (key === '$ref') return value.replace('#/components/schemas/', '#/definitions/');
  return value?.nullable === true ? { ...value, nullable: undefined, type: [value.type, 'null'] } : value;
}
