import { defineRule } from '../../rules/contract.ts';
import { APPLICATION_SET, isParameter } from '../../workspace/edges/argoApplications.ts';
import { describe } from '../../workspace/resource.ts';

/** A convention: the ApplicationSet of a team bears the name of the team's project. */
export const rule = defineRule({
  id: 'gitops/set-outside-project',
  severity: 'information',
  profile: 'strict',
  types: [APPLICATION_SET],
  equivalents: ['kyverno:applicationset-name-matches-project'],
  *check(resource) {
    const project = resource.root.find('spec', 'template', 'spec', 'project');
    const name = project?.text();
    if (!project || name === undefined || resource.name === undefined || isParameter(name) || name === resource.name)
      return;
    yield { at: project, message: `${describe(resource)} makes Applications of another project, ${name}.` };
  },
});
