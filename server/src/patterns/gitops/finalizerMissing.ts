import { defineRule } from '../../rules/contract.ts';
import { APPLICATION } from '../../workspace/edges/argoApplications.ts';
import { describe } from '../../workspace/resource.ts';

/** Whoever deletes the Application leaves everything that it deployed behind. */
export const rule = defineRule({
  id: 'gitops/finalizer-missing',
  severity: 'information',
  profile: 'strict',
  types: [APPLICATION],
  *check(resource) {
    const metadata = resource.root.find('metadata');
    const name = metadata?.find('name');
    const finalizers = metadata?.find('finalizers');
    if (!metadata || !name || finalizers?.open || (!finalizers && !metadata.lacks('finalizers'))) return;
    if (finalizers?.items.some((item) => item.text()?.startsWith('resources-finalizer.argocd.argoproj.io'))) return;
    yield {
      at: name,
      message: `What ${describe(resource)} deployed stays in the cluster when it is deleted: it has no finalizer for its resources.`,
    };
  },
});
