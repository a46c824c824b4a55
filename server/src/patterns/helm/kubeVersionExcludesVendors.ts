import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { CHART } from './chart.ts';
import { isVersionRange } from './versionRange.ts';

/** `v1.34.1-eks-113cf36` is a pre-release to Helm, and a range without a pre-release leaves all of those out. */
export const rule = defineRule({
  id: 'helm/kube-version-excludes-vendors',
  severity: 'information',
  profile: 'strict',
  types: [CHART],
  *check({ root }) {
    const node = root.find('kubeVersion');
    const range = node?.text();
    if (!node || range === undefined || !isVersionRange(range) || range.includes('-')) return;
    const single = /^\s*(>=?)\s*v?(\d+(?:\.\d+){0,2})\s*$/.exec(range);
    yield {
      at: node,
      message: `The range ${range} leaves out clusters whose version carries the name of a vendor, such as v1.34.1-eks-113cf36.`,
      fixes: single
        ? [
            {
              title: 'Let the range begin with the pre-releases',
              safe: true,
              edits: () => [replaceValue(node, `"${single[1]}${fullVersion(single[2]!)}-0"`)],
            },
          ]
        : [],
    };
  },
});

function fullVersion(version: string): string {
  const parts = version.split('.');
  while (parts.length < 3) parts.push('0');
  return parts.join('.');
}
