import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { INGRESS } from './ingresses.ts';

/** Configuration in an annotation is run by the controller, with its right to read every Secret (CVE-2021-25742). */
export const rule = defineRule({
  id: 'network/snippet-annotation',
  severity: 'warning',
  profile: 'strict',
  types: [INGRESS],
  equivalents: [
    'checkov:CKV_K8S_152',
    'checkov:CKV_K8S_153',
    'checkov:CKV_K8S_154',
    'kyverno:disallow-ingress-nginx-custom-snippets',
    'kyverno:restrict-ingress-paths',
    'kubescape:CVE-2021-25742',
  ],
  *check(resource) {
    const { root } = resource;
    for (const annotation of root.find('metadata', 'annotations')?.entries ?? []) {
      if (!/^nginx\.ingress\.kubernetes\.io\/[a-z-]*snippet$/.test(annotation.key ?? '')) continue;
      yield {
        at: annotation.keyPlace,
        message: `${annotation.key!.slice(annotation.key!.indexOf('/') + 1)} of ${describe(resource)} writes into the configuration of ingress-nginx, which refuses it unless told to trust everyone.`,
      };
    }
  },
});
