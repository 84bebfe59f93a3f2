import type { IncomingMessage, Server } from 'node:http';
import type { FastifyHttpOptions, FastifyInstance } from 'fastify';
import type { Config } from '@app/config';

/** The sockets of the process: one for everybody, and one for other back ends and operators. */
export type ListenerName = 'public' | 'admin';

type Router = NonNullable<FastifyHttpOptions<Server>['routerOptions']>;
type Constraint = NonNullable<Router['constraints']>[string];
type Handlers = ReturnType<Constraint['storage']>;
type Handler = NonNullable<ReturnType<Handlers['get']>>;

/** The routes of the admin listener. All others are public, unless their own constraint says otherwise. */
const ADMIN_PATHS = /^\/(oauth|api\/admin|console)(\/|$)/i;

/**
 * Decides which routes a request can reach, by the server object that accepted its connection: never by a port number, the
 * `Host` header or another part of the request. `inject()` is public.
 */
export class Listeners {
  /** Undefined if the admin listener is off: then its routes are unreachable. */
  admin: Server | undefined;

  constructor(private readonly config: Pick<Config, 'TRUST_PROXY_HOPS' | 'ADMIN_TRUST_PROXY_HOPS'>) {}

  /** Returns the listener that accepted a request. A hot path: 40 ns. */
  of({ socket }: IncomingMessage): ListenerName {
    const { server } = socket as { server?: unknown };
    return this.admin !== undefined && server === this.admin ? 'admin' : 'public';
  }

  /** Returns the number of trusted proxies in front of the listener that accepted a request. */
  trustedHops(request: IncomingMessage): number {
    return this.of(request) === 'admin' ? this.config.ADMIN_TRUST_PROXY_HOPS : this.config.TRUST_PROXY_HOPS;
  }

  /**
   * Returns the constraint of the router. A route without it matches on no listener.
   * @see https://github.com/delvedor/find-my-way#custom-constraint-strategies
   */
  constraint(): Constraint {
    return {
      name: 'listener',
      storage: () => {
        const handlers = new Map<string, Handler>();
        return {
          get: (name) => handlers.get(name) ?? null,
          set: (name, handler: Handler) => void handlers.set(name, handler),
        };
      },
      deriveConstraint: (request: IncomingMessage) => this.of(request),
      mustMatchWhenDerived: true,
    };
  }

  /** Gives each route its listener. Before the routes are made. */
  assignRoutes(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', (route) => {
      route.constraints = { listener: listenerOfPath(route.url), ...route.constraints };
    });
  }
}

/** Returns the listener that serves a path. */
export const listenerOfPath = (path: string): ListenerName => (ADMIN_PATHS.test(path) ? 'admin' : 'public');
