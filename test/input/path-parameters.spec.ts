import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

/** An id in the right form that no row has. */
const UNKNOWN_ID = '01900000-0000-7000-8000-000000000000';
/** As written in the path, percent-encoded. */
const NO_IDS = [
  '%00',
  `${UNKNOWN_ID}%00`,
  `%00${UNKNOWN_ID}`,
  `${UNKNOWN_ID}%20`,
  `${UNKNOWN_ID}%0a`,
  UNKNOWN_ID.toUpperCase().replace('0190', '0A90'),
  UNKNOWN_ID.replaceAll('-', ''),
  'x',
  '%20',
  '%F0%9F%98%80',
  "'%20OR%201=1%20--",
  'a'.repeat(90),
];

interface Argument {
  data: unknown;
  pipes: unknown[];
}

interface Route {
  method: string;
  path: string;
  parameters: readonly string[];
  /** What the handler takes from the path. */
  bound: readonly Argument[];
}

describe('a route with parameters in its path', () => {
  const stack = useStack();

  const routesOf = (controller: Type): Route[] =>
    Object.getOwnPropertyNames(controller.prototype).flatMap((name) => {
      const handler = (controller.prototype as Record<string, object>)[name] ?? {};
      const own = Reflect.getMetadata(PATH_METADATA, handler) as string | undefined;
      if (own === undefined || name === 'constructor') return [];
      const path = `/${String(Reflect.getMetadata(PATH_METADATA, controller))}/${own}`;
      const all = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<
        string,
        Argument
      >;
      return {
        method: RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod],
        path,
        parameters: Array.from(path.matchAll(/:(\w+)/g), ([, parameter]) => String(parameter)),
        bound: Object.entries(all)
          .filter(([key]) => key.startsWith(`${RouteParamtypes.PARAM}:`))
          .map(([, argument]) => argument),
      };
    });
  const routes = () =>
    [...stack.service(ModulesContainer).values()]
      .flatMap((module) => [...module.controllers.values()])
      .flatMap(({ metatype }) => routesOf(metatype as Type))
      .filter(({ path }) => /[:*{]/.test(path))
      // The appid of a mini-program, the kind of a consent and the name of an operator are no ids of rows, and have codes of their
      // own. No statement has the id of a signing key.
      .filter(({ path }) => !/:(appid|kind|kid|name)\b/.test(path));

  it('exists, names its parameters plainly, and binds each through a pipe that checks its form', () => {
    expect(routes().length).toBeGreaterThan(0);
    for (const { method, path, parameters, bound } of routes()) {
      expect(path, `${method} ${path}`).not.toMatch(/[*{(]/);
      expect(bound.map(({ data }) => data).toSorted(), `${method} ${path}`).toEqual(parameters.toSorted());
      for (const { data, pipes } of bound)
        expect(pipes, `${method} ${path} :${String(data)}`).not.toEqual([]);
    }
  });

  it.each(NO_IDS)('answers 404 to %s, which is no id', async (id) => {
    const { access } = await stack.loggedIn();
    for (const { method, path, parameters } of routes()) {
      const target = parameters.reduce((text, name) => text.replace(`:${name}`, id), path);
      const { status, text } = await stack.call(target, { method, token: access });
      expect(status, `${method} ${target}: ${text}`).toBe(404);
    }
    expect(await stack.knock(access)).toEqual([200, 'Authenticated.']);
  });

  it.each(['%00', 'A%20B', 'x'.repeat(90)])(
    'answers 400 to %s, which is no kind of consent',
    async (kind) => {
      const { access } = await stack.loggedIn();
      for (const method of ['PUT', 'DELETE']) {
        const json = method === 'PUT' ? { version: '1' } : undefined;
        const answer = await stack.call(`/api/me/consents/${kind}`, { method, token: access, json });
        expect([answer.status, answer.body['code']]).toEqual([400, 'validation_failed']);
      }
    },
  );

  it('does not end a session by its id with a trailing space or in another case', async () => {
    const { access } = await stack.loggedIn();
    const list = await stack.call<{ sessions: { id: string }[] }>('/api/sessions', { token: access });
    const id = String(list.body.sessions[0]?.id);
    for (const other of [`${id}%20`, `${id}%20%20`, `%20${id}`, id.toUpperCase()]) {
      const answer = await stack.call(`/api/sessions/${other}`, { method: 'DELETE', token: access });
      expect([answer.status, answer.body['code']], other).toEqual([404, 'session_not_found']);
    }
    expect(await stack.knock(access)).toEqual([200, 'Authenticated.']);
  });
});
