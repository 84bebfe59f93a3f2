import { Injectable, type Type } from '@nestjs/common';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { routeKind, type RouteKind } from './route-kind.js';

/** Finds the kind of a route by the name that Nest gives its handler, for hooks that run before the guards. */
@Injectable()
export class RouteKindsService {
  private kinds?: ReadonlyMap<string, RouteKind | undefined>;

  constructor(
    private readonly modules: ModulesContainer,
    private readonly reflector: Reflector,
  ) {}

  /**
   * Returns the kind of a route.
   * @param name Nest's name of the handler: `Class.method`
   * @returns undefined if no handler has the name, or several of different kinds have it
   */
  kindOf(name: string): RouteKind | undefined {
    this.kinds ??= this.readKinds();
    return this.kinds.get(name);
  }

  private readKinds(): Map<string, RouteKind | undefined> {
    const kinds = new Map<string, RouteKind | undefined>();
    const scanner = new MetadataScanner();
    for (const { controllers } of this.modules.values()) {
      for (const { metatype, name } of controllers.values()) {
        const controller = metatype as Type;
        const prototype = controller.prototype as Record<string, () => unknown>;
        for (const method of scanner.getAllMethodNames(prototype)) {
          const handler = prototype[method];
          if (handler === undefined) continue;
          const handlerName = `${String(name)}.${method}`;
          const kind = routeKind(this.reflector, handler, controller);
          kinds.set(
            handlerName,
            kinds.has(handlerName) && kinds.get(handlerName) !== kind ? undefined : kind,
          );
        }
      }
    }
    return kinds;
  }
}
