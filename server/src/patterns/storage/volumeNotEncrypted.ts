import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** What the provisioners of the clouds call encryption, where they do not encrypt by themselves. */
const PARAMETERS: Readonly<Record<string, string>> = {
  'ebs.csi.aws.com': 'encrypted',
  'kubernetes.io/aws-ebs': 'encrypted',
};

/** Whoever gets hold of the disk or its snapshot reads it. */
export const rule = defineRule({
  id: 'storage/volume-not-encrypted',
  severity: 'information',
  profile: 'strict',
  types: ['storage.k8s.io/StorageClass'],
  equivalents: ['kubescape:pv-without-encryption'],
  *check(resource) {
    const { root } = resource;
    const provisioner = root.find('provisioner');
    const parameter = PARAMETERS[provisioner?.text() ?? ''];
    if (!provisioner || parameter === undefined) return;
    const value = root.find('parameters', parameter);
    if (value ? value.text() === undefined || value.text() === 'true' : !root.lacks('parameters', parameter)) return;
    yield {
      at: value ?? provisioner,
      message: `The volumes of ${describe(resource)} are only encrypted where the cloud account does so by default.`,
    };
  },
});
