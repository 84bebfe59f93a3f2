import type { OpenAPIObject } from '@nestjs/swagger';

/** Returns the part of a document with some of its paths, and with the schemas that these need. */
export function partOf(document: OpenAPIObject, hasPath: (path: string) => boolean): OpenAPIObject {
  const paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => hasPath(path)));
  const all = document.components?.schemas ?? {};
  const needed = new Set<string>();
  const visit = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (needed.has(name)) continue;
      needed.add(name);
      visit(all[name] ?? {});
    }
  };
  visit(paths);
  const schemas = Object.fromEntries(Object.entries(all).filter(([name]) => needed.has(name)));
  return { ...document, paths, components: { ...document.components, schemas } };
}
