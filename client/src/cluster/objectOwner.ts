import type { KubeObject } from './kubeObject.ts';

/** Another tool that keeps an object as it wants it, so that a change made here does not last. */
export interface ObjectOwner {
  readonly tool: 'Argo CD' | 'Helm' | 'Flux' | 'a controller';
  /** The application, release or owner by name. */
  readonly name: string;
  /** One sentence: what will happen to a change made here. */
  readonly warning: string;
}

/** Who else looks after a live object, told from the marks that the tools leave; undefined when nobody does. */
export function objectOwner(live: KubeObject): ObjectOwner | undefined {
  const labels = live.metadata.labels ?? {};
  const annotations = live.metadata.annotations ?? {};
  const tracking = annotations['argocd.argoproj.io/tracking-id'];
  const application = tracking?.split(':')[0] ?? labels['argocd.argoproj.io/instance'];
  if (application) {
    return {
      tool: 'Argo CD',
      name: application,
      warning: `Argo CD application ${application} will revert this change at its next sync; change its source instead.`,
    };
  }
  const release = annotations['meta.helm.sh/release-name'];
  if (release) {
    return {
      tool: 'Helm',
      name: release,
      warning: `Helm release ${release} owns this object; its next upgrade overwrites this change.`,
    };
  }
  const flux = labels['kustomize.toolkit.fluxcd.io/name'] ?? labels['helm.toolkit.fluxcd.io/name'];
  if (flux) {
    return { tool: 'Flux', name: flux, warning: `Flux ${flux} will revert this change at its next reconciliation.` };
  }
  const controller = live.metadata.ownerReferences?.find((reference) => reference.controller);
  if (controller) {
    const name = `${controller.kind} ${controller.name}`;
    return { tool: 'a controller', name, warning: `${name} controls this object and will overwrite this change.` };
  }
  return undefined;
}
