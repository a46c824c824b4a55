/** How far a host of a DestinationRule with a wildcard reaches. */
export type HostScope =
  | { readonly kind: 'mesh' }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | undefined;

/** `*.local` and `*.svc.cluster.local` stand for the mesh, `*.shop.svc.cluster.local` for a namespace; others for less. */
export function hostScope(host: string): HostScope {
  if (/^\*(?:\.(?:svc(?:\.[\w.-]+)?|cluster\.local|local))?$/.test(host)) return { kind: 'mesh' };
  const namespace = /^\*\.([a-z0-9-]+)\.svc(?:\.[\w.-]+)?$/.exec(host)?.[1];
  return namespace === undefined ? undefined : { kind: 'namespace', namespace };
}
