import type { Place, SourceNode } from '../../text/sourceNode.ts';
import type { Resource, ResourceType } from '../../workspace/resource.ts';

export const KONG_PLUGINS: readonly ResourceType[] = [
  'configuration.konghq.com/KongPlugin',
  'configuration.konghq.com/KongClusterPlugin',
];
export const MIDDLEWARES: readonly ResourceType[] = ['traefik.io/Middleware', 'traefik.containo.us/Middleware'];

/** A part of a gateway that a route names: a plugin of Kong, a middleware of Traefik. */
export interface NamedExtension {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly at: Place;
}

/** The plugins that an object asks Kong for. */
export function pluginsOf({ root, namespace }: Resource): readonly NamedExtension[] {
  const written = root.find('metadata', 'annotations', 'konghq.com/plugins');
  return written ? namesIn(written).map(({ name, at }) => ({ name, namespace, at })) : [];
}

/** The middlewares that a route of Traefik names, by annotation (`<namespace>-<name>@kubernetescrd`) or in its rules. */
export function middlewaresOf({ root, namespace }: Resource): readonly NamedExtension[] {
  const written = root.find('metadata', 'annotations', 'traefik.ingress.kubernetes.io/router.middlewares');
  const annotated = written ? namesIn(written) : [];
  // The namespace and the name are joined by a hyphen, which both may hold: only the own namespace can be told.
  const own = annotated.flatMap(({ name, at }): NamedExtension[] => {
    const plain = /^(.+)@kubernetescrd$/.exec(name)?.[1];
    return namespace !== undefined && plain?.startsWith(`${namespace}-`)
      ? [{ name: plain.slice(namespace.length + 1), namespace, at }]
      : [];
  });
  const listed = (root.find('spec', 'routes')?.items ?? []).flatMap((route) =>
    (route.find('middlewares')?.items ?? []).flatMap((item): NamedExtension[] => {
      const at = item.find('name');
      const name = at?.text();
      if (!at || name === undefined || name.includes('@')) return [];
      return [{ name, namespace: item.text('namespace') ?? namespace, at }];
    }),
  );
  return [...own, ...listed];
}

/** The names of a list with commas, each at its place. */
function namesIn(node: SourceNode): readonly { readonly name: string; readonly at: Place }[] {
  const text = node.text();
  if (text === undefined) return [];
  const offset = node.source.slice(node.span).indexOf(text);
  return [...text.matchAll(/[^\s,]+/g)].map((match) => {
    const start = node.span.start + offset + match.index;
    const place = { source: node.source, span: { start, end: start + match[0].length } };
    return { name: match[0], at: offset < 0 ? node : place };
  });
}
