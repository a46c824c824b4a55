import { defineRule } from '../../rules/contract.ts';
import { CHART } from './chart.ts';
import { isVersionRange } from './versionRange.ts';

/** Helm compares the cluster's version with this constraint before it installs; one that it cannot read fits none. */
export const rule = defineRule({
  id: 'helm/kube-version-invalid',
  severity: 'error',
  profile: 'recommended',
  types: [CHART],
  equivalents: ['helm:chartfile'],
  *check({ root }) {
    const node = root.find('kubeVersion');
    const range = node?.text();
    if (!node || range === undefined || range.trim() === '' || isVersionRange(range)) return;
    yield { at: node, message: `Helm cannot read ${range} as a constraint on versions of Kubernetes.` };
  },
});
