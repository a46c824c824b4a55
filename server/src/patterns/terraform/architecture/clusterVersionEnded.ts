import { defineRule } from '../../../rules/contract.ts';
import { blockOf } from '../parts/terraformBlock.ts';

/**
 * The day on which EKS ended its standard support of a minor version. Only days that have passed stand here, so that
 * the rule needs no clock. From then on a cluster costs six times as much, and a year later it is upgraded by force.
 */
const ENDED: ReadonlyMap<string, string> = new Map([
  ['1.21', '16 February 2023'],
  ['1.22', '4 June 2023'],
  ['1.23', '11 October 2023'],
  ['1.24', '31 January 2024'],
  ['1.25', '1 May 2024'],
  ['1.26', '11 June 2024'],
  ['1.27', '24 July 2024'],
  ['1.28', '26 November 2024'],
  ['1.29', '23 March 2025'],
  ['1.30', '23 July 2025'],
]);

/** A version without standard support gets no fixes, or dear ones. */
export const rule = defineRule({
  id: 'terraform/cluster-version-ended',
  severity: 'warning',
  profile: 'strict',
  types: ['terraform/aws_eks_cluster'],
  equivalents: ['checkov:CKV_AWS_339'],
  *check(resource, graph) {
    const block = blockOf(resource, graph);
    const version = block?.node.find('version');
    const text = String(version?.scalar ?? '');
    const ended = ENDED.get(text);
    if (!block || !version) return;
    if (ended !== undefined) {
      yield {
        at: version,
        message: `Kubernetes ${text} of ${block.address} has been out of the standard support of EKS since ${ended}.`,
      };
    } else if (/^1\.(?:\d|1\d|20)$/.test(text)) {
      yield { at: version, message: `EKS does not offer Kubernetes ${text} of ${block.address} any more.` };
    }
  },
});
