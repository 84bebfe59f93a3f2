import type { Type } from '@nestjs/common';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { describe, expect, it } from 'vitest';
import { AdminGuard } from '../../libs/admin/src/guard/admin.guard.js';
import { routeKind } from '../../libs/auth/src/index.js';
import { listenerOfPath } from '../../apps/api/src/http/listeners.js';
import { useStack } from '../support/stack.js';

describe('the routes of the service', () => {
  const stack = useStack();

  const routes = () => {
    const reflector = new Reflector();
    const controllers = [...stack.service(ModulesContainer).values()].flatMap((module) => [
      ...module.controllers.values(),
    ]);
    return controllers.flatMap(({ metatype }) => {
      const controller = metatype as Type;
      const prototype = controller.prototype as Record<string, () => unknown>;
      return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
        const handler = prototype[name];
        const found = handler && (Reflect.getMetadata('path', handler) as string | string[] | undefined);
        if (!handler || found === undefined) return [];
        const guards = [handler, controller].flatMap(
          (target) => (Reflect.getMetadata('__guards__', target) ?? []) as unknown[],
        );
        const base = Reflect.getMetadata('path', controller) as string;
        return [found].flat().map((path) => ({
          path: `/${[base, path]
            .map((part) => part.replace(/^\/|\/$/g, ''))
            .filter(Boolean)
            .join('/')}`,
          kind: routeKind(reflector, handler, controller),
          isGuarded: guards.includes(AdminGuard),
        }));
      });
    });
  };

  it('are each exactly one of public, user and admin', () => {
    const of = (wanted: string) =>
      [...new Set(routes().flatMap(({ kind, path }) => (kind === wanted ? path : [])))].sort();
    expect(of('public')).toEqual([
      '/.well-known/jwks.json',
      '/.well-known/oauth-authorization-server',
      '/.well-known/openid-configuration',
      '/api/admin/invitations/accept',
      '/api/admin/invitations/open',
      // With the guard of operators, or without one.
      '/api/admin/session',
      '/api/admin/session/all',
      '/api/admin/session/password',
      '/api/admin/session/step-up',
      '/api/admin/setup',
      '/api/token/blacklist',
      '/api/token/refresh',
      '/api/token/verify',
      '/api/weixin/login',
      '/api/weixin/push/:appid',
      '/health/live',
      '/health/ready',
      '/oauth/introspect',
      '/oauth/token',
    ]);
    expect(of('admin').length).toBeGreaterThan(10);
    expect(of('admin').every((path) => path.startsWith('/api/admin/'))).toBe(true);
    expect(of('user').every((path) => path.startsWith('/api/'))).toBe(true);
    expect(of('user').length).toBeGreaterThan(5);
  });

  it('have the guard of the admin API if and only if they are of the admin API, on the admin listener', () => {
    for (const { path, kind, isGuarded } of routes()) {
      expect([path, isGuarded]).toEqual([path, kind === 'admin']);
      const listener = /^\/(oauth|api\/admin)\//.test(path) ? 'admin' : 'public';
      if (kind === 'admin') expect(listener).toBe('admin');
      expect([path, listenerOfPath(path)]).toEqual([path, listener]);
    }
  });
});
