import { defineRule } from '../../../rules/contract.ts';
import { describe } from '../../../workspace/resource.ts';
import { meshConfiguration } from '../meshConfiguration.ts';
import { REVISION } from './podInjection.ts';

/** Namespaces in which Istio never injects. */
const NEVER = /^(?:kube-system|kube-public|kube-node-lease|local-path-storage|istio-system)$/;

/** What is not said is decided by how Istio was installed, far from this file. */
export const rule = defineRule({
  id: 'service-mesh/injected-by-default',
  severity: 'information',
  profile: 'strict',
  types: ['Namespace'],
  equivalents: ['istioctl:IST0148'],
  *check(namespace, graph) {
    const { root, name } = namespace;
    if (meshConfiguration(graph).injectsByDefault !== true || name === undefined || NEVER.test(name)) return;
    const labels = ['istio-injection', REVISION, 'istio.io/dataplane-mode'];
    if (!labels.every((label) => root.lacks('metadata', 'labels', label))) return;
    yield {
      at: root.find('metadata', 'labels')?.keyPlace ?? root.find('metadata', 'name') ?? root,
      message: `The pods of ${describe(namespace)} get sidecars, because Istio is installed with enableNamespacesByDefault.`,
    };
  },
});
